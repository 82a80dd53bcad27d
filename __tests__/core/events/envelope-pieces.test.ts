import type { LogEvent } from "../../../core/events/envelope";
import { envelopePieces } from "../../../core/events/envelope-pieces";
import { envelope, logEvent } from "../../support/kinesis";

describe("envelopePieces", () => {
  it.each<[string, LogEvent[]]>([
    ["no event", []],
    ["one event", [logEvent(1)]],
    ["several", [logEvent(1), logEvent(2, "\u001b\u2028\ud83d\ude00"), logEvent(3)]],
    ["long events among others", [logEvent(1), logEvent(2, '"\\\ud83d\ude00'.repeat(100_000)), logEvent(3)]],
  ])("writes an envelope with %s as JSON.stringify does", (_, events) => {
    const whole = envelope(events);
    expect([...envelopePieces(whole)].join("") === JSON.stringify(whole)).toBe(true);
  });

  it("adds a record's bytes as base64", () => {
    const record = Buffer.from(Array.from({ length: 500_000 }, (_, i) => i % 251));
    const json = JSON.parse([...envelopePieces(envelope([logEvent(1)]), record)].join(""));
    expect(Buffer.from(json.record, "base64").equals(record)).toBe(true);
    expect(json).toEqual({ ...envelope([logEvent(1)]), record: json.record });
  });
});
