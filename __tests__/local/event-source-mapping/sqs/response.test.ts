import { processedMessages } from "../../../../local/event-source-mapping/sqs/response";
import { failures, idsOf, sqsMessage } from "./factories";

const batch = ["a", "b", "c"].map((id) => sqsMessage(id));
const processed = (result: Parameters<typeof processedMessages>[0], reports = true) =>
  idsOf(processedMessages(result, batch, reports));

describe("processedMessages", () => {
  it.each([
    ["null", { payload: null }],
    ["an empty response", { payload: {} }],
    ["an empty list", failures()],
    ["null for the list", { payload: { batchItemFailures: null } }],
  ])("treats %s as a success", (_, result) => {
    expect(processed(result)).toEqual(["a", "b", "c"]);
  });

  it.each([
    ["an empty itemIdentifier", failures("")],
    ["null for the itemIdentifier", failures(null)],
    ["a bad key name", { payload: { batchItemFailures: [{ itemId: "a" }] } }],
    ["null in the list", { payload: { batchItemFailures: [null] } }],
    ["an id of no message", failures("d")],
    ["a message's id and one of none", failures("a", "d")],
    ["a list that is none", { payload: { batchItemFailures: "a" } }],
    ["text", { payload: "done" }],
    ["a list", { payload: [] }],
    ["an error", { payload: { errorType: "Error" }, functionError: "Unhandled" as const }],
  ])("treats %s as a failure of the whole batch", (_, result) => {
    expect(processed(result)).toEqual([]);
  });

  it.each([
    ["one message", ["b"], ["a", "c"]],
    ["the same one twice", ["a", "a"], ["b", "c"]],
    ["all of them", ["c", "a", "b"], []],
  ])("returns those that did not fail: %s", (_, identifiers, rest) => {
    expect(processed(failures(...identifiers))).toEqual(rest);
  });

  it("ignores the response of a function that does not report batch item failures", () => {
    expect(processed(failures("a"), false)).toEqual(["a", "b", "c"]);
    expect(processed({ payload: null, functionError: "Unhandled" }, false)).toEqual([]);
  });
});
