import { parseArchivedEnvelope } from "../../../core/events/archived-envelope";
import { CONTROL_MESSAGE, envelope, logEvent } from "../../support/kinesis";

const ENVELOPE = envelope([logEvent(1), { ...logEvent(2), id: "shardId-000000000000:495:1", timestamp: 1 }]);

describe("parseArchivedEnvelope", () => {
  it("reads an envelope with the ids and times that it was indexed with, of whatever form", () => {
    expect(parseArchivedEnvelope(JSON.stringify(ENVELOPE))).toEqual({ kind: "events", envelope: ENVELOPE });
  });

  it.each([
    ["an array", [], "no CloudWatch Logs envelope: not an object"],
    ["null", null, "no CloudWatch Logs envelope: not an object"],
    ["no messageType", { ...ENVELOPE, messageType: undefined }, "messageType is not DATA_MESSAGE"],
    ["a numeric owner", { ...ENVELOPE, owner: 1 }, "owner is not a string"],
    ["a long log group", { ...ENVELOPE, logGroup: "x".repeat(513) }, "logGroup is longer than 512 characters"],
    ["no events", { ...ENVELOPE, logEvents: undefined }, "logEvents is not an array"],
    ["an event that is null", { ...ENVELOPE, logEvents: [logEvent(1), null] }, "logEvents[1] has no string message"],
    ["an event without an id", { ...ENVELOPE, logEvents: [{ ...logEvent(1), id: "" }] }, "no id or time"],
    ["a time of text", { ...ENVELOPE, logEvents: [{ ...logEvent(1), timestamp: "1" }] }, "no id or time"],
    ["a control message", CONTROL_MESSAGE, "a control message"],
  ])("says what is wrong with %s", (_, value, problem) => {
    const reason = expect.stringContaining(problem);
    expect(parseArchivedEnvelope(JSON.stringify(value))).toEqual({ kind: "undecodable", reason });
  });

  it("says what is wrong with a line that is cut off", () => {
    const line = JSON.stringify(ENVELOPE).slice(0, -1);
    expect(parseArchivedEnvelope(line)).toEqual({ kind: "undecodable", reason: "not JSON" });
  });
});
