import { parserOfRedacted } from "../../../core/parsers/redacted-lines";
import { ParsedMessages } from "../../../core/parsers/remembered";
import { EventTexts } from "../../../core/rules/event-texts";
import { RuleSet } from "../../../core/rules/rule-set";
import { REDACTED } from "../../../core/settings/redacted";
import { parseRules } from "../../../core/settings/rules";
import { envelope as envelopeOf, logEvent } from "../../support/kinesis";

const rulesOf = (...rules: object[]) => new RuleSet(parseRules(JSON.stringify(rules)).rules!);

const envelope = (...messages: string[]) => envelopeOf(messages.map((message, i) => logEvent(i, message)));

/** Parses `host=<host> level=<level>`, and notes what it is given. */
function countingParser() {
  const given: string[] = [];
  const parse = (message: string) => {
    given.push(message);
    const [, name, level] = /^host=(\S+) level=(\S+)$/.exec(message) ?? [];
    return name === undefined ? undefined : { fields: { host: { name }, log: { level: level! } } };
  };
  return { given, parse };
}

const KEEP_ERRORS = { action: "keep", field: "log.level", values: ["error"] };
const DROP_HOST = { action: "drop", field: "host.name", values: ["b"] };

describe("EventTexts", () => {
  it("looks for a field once in an event, however often it is asked for", () => {
    const ownTexts = jest.fn(() => new Map<string, string>());
    const texts = new EventTexts({ origin: { ownTexts }, event: logEvent(1, '{"a":"b"}'), parse: undefined });
    expect([texts.of("a"), texts.of("a"), texts.of("c"), texts.of("c")]).toEqual([["b"], ["b"], [], []]);
    expect(ownTexts).toHaveBeenCalledTimes(2);
  });
});

describe("RuleSet", () => {
  it("parses a message once for the conditions of all rules", () => {
    const { given, parse } = countingParser();
    const messages = ["host=a level=error", "host=b level=error", "host=c level=info"];
    const { indexed } = rulesOf(DROP_HOST, KEEP_ERRORS).apply(envelope(...messages), parse);
    expect(indexed.logEvents.map(({ message }) => message)).toEqual([messages[0]]);
    expect(given).toEqual(messages);
  });

  it("parses a message that redaction leaves alone once for fields and conditions together", () => {
    const { given, parse } = countingParser();
    rulesOf({ action: "redact", field: "user.name" }, KEEP_ERRORS).apply(envelope("host=a level=error"), parse);
    expect(given).toEqual(["host=a level=error"]);
  });

  it("parses nothing to redact kinds of text", () => {
    const { given, parse } = countingParser();
    const { redacted } = rulesOf({ action: "redact", what: ["email"] }).apply(envelope("mail a@b.example"), parse);
    expect(redacted.logEvents[0]!.message).toBe(`mail ${REDACTED}`);
    expect(given).toEqual([]);
  });

  it("counts and keeps each event for itself, whether its neighbours are redacted, dropped or neither", () => {
    const { parse } = countingParser();
    const messages = ["host=a level=error", "host=b level=error", "host=c level=error", "a@b.example"];
    const rules = rulesOf({ action: "redact", what: ["email"] }, DROP_HOST);
    const { redacted, indexed, counts } = rules.apply(envelope(...messages), parse);
    expect(redacted.logEvents.map(({ message }) => message)).toEqual([...messages.slice(0, 3), REDACTED]);
    expect(indexed.logEvents.map(({ message }) => message)).toEqual([messages[0], messages[2], REDACTED]);
    expect(counts).toEqual({ dropped: 1, sampledOut: 0, redacted: 1, failed: 0 });
  });
});

it("A line of which a part is redacted is parsed once for rules and documents", () => {
  const { given, parse } = countingParser();
  const parser = parserOfRedacted(parse);
  const line = `host=${REDACTED} level=error`;
  const parsed = parser(line);
  const times = given.length;
  expect(parsed?.fields).toEqual({ host: { name: REDACTED }, log: { level: "error" } });
  expect(parser.inSlots!(line)).toEqual(parsed);
  expect(parser(line)).toEqual(parsed);
  expect(given).toHaveLength(times);
});

it("What is remembered of messages has a limit, by their number and their characters", () => {
  const { given, parse } = countingParser();
  const messages = new ParsedMessages();
  const first = "host=a level=b";
  for (let i = 0; i < 2_001; i++) messages.of(`host=${i} level=b`, parse);
  messages.of(first, parse);
  messages.of(first, parse);
  expect(given.filter((one) => one === first)).toHaveLength(1);
  messages.of("x".repeat(1024 * 1024 - 1), parse);
  messages.of(first, parse);
  expect(given.filter((one) => one === first)).toHaveLength(2);
});
