import { StoppedError } from "../../archive/outcome-errors";
import { defaultMessages } from "../../core/settings/message-variables";
import type { EventRule } from "../../core/settings/rules";
import { LaneMessages } from "../../replay/lane-messages";
import { UsageError } from "../../tools/usage/usage-error";

const AUTO = defaultMessages();
const NONE = { ...AUTO, PARSER: "none" as const };
const redacting = (rule: EventRule) => ({ ...AUTO, RULES: [rule], ARCHIVE_CONTENT: "redacted" as const });
const EMAIL: EventRule = { action: "redact", what: ["email"] };

const messagesOf = (lanes: object) => new LaneMessages(new Map(Object.entries(lanes)));

describe("LaneMessages", () => {
  it("says what is applied to which log groups, and to all if it is the same", () => {
    expect(messagesOf({ foo: AUTO, bar: AUTO }).titles).toEqual(["Messages: parser auto, no rules, archive raw"]);
    expect(messagesOf({ a: NONE, b: redacting(EMAIL), c: NONE, d: NONE, e: NONE, f: NONE }).titles).toEqual([
      "Messages of a, c, d and 2 more: parser none, no rules, archive raw",
      "Messages of b: parser auto, 1 rule (redact), archive redacted",
    ]);
  });

  it("has the pipeline's defaults for a log group that the settings do not have, unless others redact", () => {
    expect(messagesOf({ foo: NONE }).of("other").parsing.of({ logGroup: "other", logStream: "s" })).toBeDefined();
    const messages = messagesOf({ foo: NONE, bar: redacting(EMAIL) });
    expect(() => messages.of("other")).toThrow(StoppedError);
    expect(() => messages.of("other")).toThrow('no messages of "other", whose events are in the bucket: add it');
    expect(messages.of("foo").rules).toBeUndefined();
  });

  it("has the stream's settings for a log group that the settings do not have, where the bucket says through which it came", () => {
    const messages = messagesOf({ foo: NONE, stream: redacting(EMAIL) });
    expect(messages.of("other", "stream")).toBe(messages.of("stream"));
    expect(messages.of("foo", "stream")).toBe(messages.of("foo"));
    expect(() => messages.of("other", "another")).toThrow('no messages of "other"');
  });

  it("has the settings of each log group of a record", () => {
    const messages = messagesOf({ foo: NONE, stream: redacting(EMAIL) });
    const { byLogGroup, parsing } = messages.ofLane(["foo", "other", "foo"], "stream");
    expect([...byLogGroup!]).toEqual([
      ["foo", messages.of("foo")],
      ["other", messages.of("stream")],
    ]);
    const of = (logGroup: string) => parsing.of({ logGroup, logStream: "s" });
    expect([of("foo"), of("other")]).toEqual([undefined, expect.objectContaining({ keepMessage: true })]);
  });

  it("names each pattern that RE2 does not take, with its log group", () => {
    const lookahead = { ...redacting({ action: "redact", pattern: "(?=x)" }), JOIN_LINES: "[" };
    const refused = () => messagesOf({ foo: AUTO, bar: lookahead, baz: { ...AUTO, JOIN_LINES: "(" } });
    expect(refused).toThrow(UsageError);
    for (const place of ['bar"].RULES[0].pattern is "(?=x)"', 'bar"].JOIN_LINES is "["', 'baz"].JOIN_LINES is "("'])
      expect(refused).toThrow(`--index-settings: messages["${place}: error parsing regexp: `);
  });
});
