import { type FieldTree, type FieldValue, isFieldTree, NumberText } from "../../../core/parsers/parsed-message";
import { PARSERS } from "../../../core/parsers/parsers";
import { parserOfRedacted } from "../../../core/parsers/redacted-lines";
import { laneSettings } from "../../../core/pipelines/message-settings";
import { preparedEnvelope } from "../../../core/pipelines/record-parts";
import { FINDERS } from "../../../core/rules/kinds/finders";
import { withoutRanges } from "../../../core/rules/text-range";
import { MESSAGE_VARIABLES } from "../../../core/settings/message-variables";
import { parseVariables } from "../../../core/settings/parse-variables";
import type { ParserName } from "../../../core/settings/parser-names";
import { REDACTED } from "../../../core/settings/redacted";
import { SAMPLE_LINES } from "../../../tools/sample-logs/by-parser";
import { envelope, logEvent } from "../../support/kinesis";

/** The fields by their dotted names, as texts. */
function leaves(value: FieldValue, path = ""): [string, string][] {
  if (value instanceof NumberText) return [[path, value.text]];
  if (Array.isArray(value)) return [[path, JSON.stringify(value)]];
  if (!isFieldTree(value)) return [[path, String(value)]];
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, path === "" ? name : `${path}.${name}`));
}

const leavesOf = (fields: FieldTree | undefined) => Object.fromEntries(leaves(fields ?? {}));

const redactions: readonly [string, (line: string) => string][] = [
  ["addresses", (line) => withoutRanges(line, [...FINDERS.ipv4(line), ...FINDERS.ipv6(line)])],
  ["request ids", (line) => line.replace(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/gi, REDACTED)],
  ["the last number", (line) => line.replace(/(?<= )\d+(?= \D*$)/, REDACTED)],
];

/** Returns the events that a function with these variables indexes, and what it makes of them. */
function indexed(variables: Record<string, string>, ...messages: string[]) {
  const settings = laneSettings(parseVariables(MESSAGE_VARIABLES, { ARCHIVE_CONTENT: "raw", ...variables }));
  const given = envelope(messages.map((message, i) => logEvent(i + 1, message)));
  const { logEvents } = preparedEnvelope(given, settings).indexed;
  const { parse } = settings.parsing.of(given)!;
  return logEvents.map(({ message }) => ({ message, parsed: parse(message) }));
}

describe("a line of which a part is redacted", () => {
  const names = Object.keys(PARSERS) as ParserName[];

  it.each(names)("is still one of %s, with the same fields but for those that had the part", (name) => {
    const samples = SAMPLE_LINES[name].flatMap(({ lines, fields = [] }) => {
      const parse = PARSERS[name]({ fields });
      return lines.map((line) => ({ line, parse }));
    });
    for (const { line, parse } of samples) {
      const known = parse(line);
      if (!known) continue;
      const before = leavesOf(known.fields);
      for (const [what, redact] of redactions) {
        const redacted = redact(line);
        const parsed = parserOfRedacted(parse)(redacted);
        if (!parsed) throw new Error(`${what}: no parser knows ${redacted}`);
        for (const [field, text] of Object.entries(leavesOf(parsed.fields))) {
          if (!text.includes("REDACTED")) expect({ [field]: text }).toEqual({ [field]: before[field] });
        }
      }
    }
  });

  it("is dropped and kept by the fields that are left of it", () => {
    const line = (path: string, status: number) =>
      `10.1.2.4 - anna [21/Nov/2026:03:00:00 +0000] "GET ${path} HTTP/1.1" ${status} 99 "-" "curl/8"`;
    const rules = [
      { action: "redact", what: ["email", "ipv4"] },
      { action: "drop", field: "url.path", pattern: "^/health" },
      { action: "keep", field: "http.response.status_code", pattern: "^5" },
    ];
    const events = indexed(
      { PARSER: "auto", RULES: JSON.stringify(rules) },
      ...[line("/health", 500), line("/a", 200), line("/a?m=a%40b.example", 503)],
    );
    expect(events).toHaveLength(1);
    const [{ message, parsed }] = events as [(typeof events)[0]];
    expect(message).toContain(`${REDACTED} - anna`);
    const { "source.ip": ip, ...fields } = leavesOf(parsed?.fields);
    expect(ip).toBeUndefined();
    expect(fields).toMatchObject({
      "http.response.status_code": "503",
      "url.path": "/a",
      "url.query": `m=${REDACTED}`,
      "user.name": "anna",
    });
  });

  it("has no field of which what is redacted decides, such as a lower-case name of it", () => {
    const parse = parserOfRedacted((message) => {
      const [first = "", rest = ""] = message.split(" ");
      return {
        fields: { lower: first.toUpperCase(), length: first.length, rest, whole: message, list: [first, rest] },
      };
    });
    expect(parse(`${REDACTED} b`)?.fields).toEqual({
      ...{ length: 8, rest: "b", whole: `${REDACTED} b`, list: [REDACTED, "b"] },
    });
  });

  it("is text if a stranger leaves nothing to stand for what is redacted", () => {
    const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    const all = digits.flatMap((n) => [
      ...[
        "qwrtzpsdf"[n - 1]!.repeat(8),
        String(1_111 * n),
        Array(4)
          .fill(11 * n)
          .join("."),
      ],
      "########-####-4###-8###-############".replaceAll("#", String(n)),
    ]);
    const parse = PARSERS.elb_access({ fields: [] });
    expect(parserOfRedacted(parse)(`2015-05-13T23:39:43.945958Z lb ${REDACTED} ${all.join(" ")}`)).toBeUndefined();
  });
});

describe("a redacted field of key=value", () => {
  const line = 'level=info user=anna pin=7 msg="order placed" note="by anna"';
  const messagesOf = (rule: object) =>
    indexed({ PARSER: "auto", RULES: JSON.stringify([{ action: "redact", ...rule }]) }, line).map(
      ({ message }) => message,
    );

  it.each([
    ["user", `level=info user=${REDACTED} pin=7 msg="order placed" note="by ${REDACTED}"`],
    ["PIN", `level=info user=anna pin=${REDACTED} msg="order placed" note="by anna"`],
    ["msg", `level=info user=anna pin=7 msg="${REDACTED}" note="by anna"`],
  ])("is redacted by itself, whatever it is in the document: %s", (field, expected) => {
    expect(messagesOf({ field })).toEqual([expected]);
  });

  it("is known by the name that the line has", () => {
    const rules = JSON.stringify([{ action: "drop", field: "msg", pattern: "placed" }]);
    expect(indexed({ PARSER: "auto", RULES: rules }, line, "a=b msg=c")).toHaveLength(1);
    const redacting = JSON.stringify([...JSON.parse(rules), { action: "redact", field: "user" }]);
    expect(indexed({ PARSER: "auto", RULES: redacting }, line, "user=b msg=c")).toHaveLength(1);
  });

  it("leaves the others if its whole pair is redacted", () => {
    const rules = JSON.stringify([{ action: "redact", pattern: "user=[^ ]+" }]);
    const [event] = indexed({ PARSER: "auto", RULES: rules }, line);
    expect(JSON.parse(event!.parsed!.json!)).toEqual({ level: "info", pin: 7, note: "by anna" });
  });
});
