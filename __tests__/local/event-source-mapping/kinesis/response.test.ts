import { processedRecords } from "../../../../local/event-source-mapping/kinesis/response";
import { records } from "./factories";

const batch = records(4);
const failures = (...identifiers: unknown[]) => ({
  payload: { batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })) },
});

describe("processedRecords", () => {
  it.each([
    ["null", { payload: null }],
    ["an empty response", { payload: {} }],
    ["an empty list", failures()],
    ["null for the list", { payload: { batchItemFailures: null } }],
  ])("treats %s as a success", (_, result) => {
    expect(processedRecords(result, batch, true)).toBe(4);
  });

  it.each([
    ["an empty itemIdentifier", failures("")],
    ["null for the itemIdentifier", failures(null)],
    ["a bad key name", { payload: { batchItemFailures: [{ itemId: "8" }] } }],
    ["null in the list", { payload: { batchItemFailures: [null] } }],
    ["a number that is not in the batch", failures("11")],
    ["one that is no number", failures("abc")],
    ["a good and a bad identifier", failures("8", "")],
    ["a list that is none", { payload: { batchItemFailures: "8" } }],
    ["text", { payload: "done" }],
    ["a list", { payload: [] }],
    ["an error", { payload: { errorType: "Error" }, functionError: "Unhandled" as const }],
  ])("treats %s as a failure of the whole batch", (_, result) => {
    expect(processedRecords(result, batch, true)).toBeUndefined();
  });

  it.each([
    ["the first record", ["7"], 0],
    ["one in the middle", ["9"], 2],
    ["the last record", ["10"], 3],
    ["several, where the lowest counts as a number", ["10", "9"], 2],
    ["the same one twice", ["8", "8"], 1],
  ])("continues at the lowest sequence number: %s", (_, identifiers, finished) => {
    expect(processedRecords(failures(...identifiers), batch, true)).toBe(finished);
  });

  it("ignores the response of a function that does not report batch item failures", () => {
    expect(processedRecords(failures("7"), batch, false)).toBe(4);
    expect(processedRecords({ payload: null, functionError: "Unhandled" }, batch, false)).toBeUndefined();
  });
});
