import { compilePattern } from "../../../core/patterns/pattern";
import { type ParserChoice, PIPELINE_PARSER } from "../../../core/settings/parser-choice";
import type { InputRule } from "../../inputs/rules";
import { literal } from "../../terraform/expression";

/**
 * Rules against settings of which nothing would come. Whoever gives one expects something of it: that a line is parsed, joined or
 * redacted.
 */

/** What takes the names of a line's fields; of `auto`, the formats among them. */
const CHOOSES_FIELDS: readonly ParserChoice[] = [
  ...(["auto", "cloudfront_access", "cloudfront_realtime", "vpc_flow", "apigateway_access"] as const),
];

/**
 * null is the default, if it is allowed at all.
 *
 * @param parser the name of the attribute that chooses the parser
 */
export const fieldsAreRead = (parser: "parser" | "format"): InputRule => ({
  about: [parser, "parserFields"],
  allowed: `parser_fields empty, unless ${parser} is one of ${CHOOSES_FIELDS.join(", ")}: other formats have the same fields always`,
  accepts: (value) => {
    const { parserFields, [parser]: format } = Object(value);
    return (parserFields ?? "") === "" || CHOOSES_FIELDS.includes(format ?? PIPELINE_PARSER);
  },
  condition: (value) =>
    `${value}.parser_fields == null || ${value}.parser_fields == "" || ` +
    `contains(${JSON.stringify(CHOOSES_FIELDS)}, coalesce(${value}.${parser}, ${literal(PIPELINE_PARSER)}))`,
});

export const parserWrites: InputRule = {
  about: ["eventOriginal", "keepMessage", "parser"],
  allowed:
    "keep_message true and event_original false where parser is none: both are about documents that a parser writes",
  accepts: (value) => {
    const { eventOriginal, keepMessage, parser } = Object(value);
    return parser !== "none" || (keepMessage !== false && eventOriginal !== true);
  },
  condition: (value) =>
    `${value}.parser != "none" || (${value}.keep_message != false && ${value}.event_original != true)`,
};

/** Messages of which no pattern that tells the first lines of messages from others takes all. */
const BEGINNINGS = ["a", "A", "0", " ", "\t", "-", "{", "[", "é"];

export const joinsSome: InputRule = {
  allowed:
    "a pattern that only the first lines of messages match, such as ^[0-9]{4}-; with one that any text matches, such as ^ or .*, " +
    "nothing is joined",
  accepts: (value) => {
    const pattern = compilePattern(String(value));
    return value === "" || typeof pattern === "string" || !BEGINNINGS.every((text) => pattern.test(text));
  },
  condition: (value) =>
    `${value} == "" || !alltrue([for text in ${literalList(BEGINNINGS)} : can(regex(${value}, text))])`,
};

const literalList = (texts: readonly string[]): string => `[${texts.map(literal).join(", ")}]`;

/** Fields that the pipeline itself writes, of names that are no secret. */
const NEVER_REDACTED = [
  ...["aws.cloudwatch.log_group", "aws.cloudwatch.log_stream", "aws.cloudwatch.event_count", "aws.s3.bucket.name"],
  ...["aws.s3.object.key", "cloud.account.id", "event.sequence"],
];

export const redactsItsField: InputRule = {
  about: ["action", "field"],
  allowed: `redact with any field but ${NEVER_REDACTED.join(", ")}: these are the pipeline's own, and are never redacted`,
  accepts: (value) => {
    const { action, field } = Object(value);
    return action !== "redact" || !NEVER_REDACTED.includes(field);
  },
  condition: (value) =>
    `${value}.action != "redact" || !contains(${JSON.stringify(NEVER_REDACTED)}, coalesce(${value}.field, "-"))`,
};

/** Whether a rule of a list comes after one that has decided about each event. */
export const areReached: InputRule = {
  allowed:
    "rules of which no drop, keep or sample comes after a keep or sample without field, values and pattern, which decides about every event",
  accepts: (value) => {
    const rules = [value].flat().map((rule) => Object(rule) as Readonly<Record<string, unknown>>);
    const decides = ({ action, values, pattern }: (typeof rules)[number]) =>
      (action === "keep" || action === "sample") && (values ?? pattern ?? undefined) === undefined;
    const last = rules.findLastIndex(({ action }) => (action ?? "redact") !== "redact");
    return !rules.slice(0, Math.max(last, 0)).some(decides);
  },
  condition: (value) => {
    const selecting = `[for rule in ${value} : rule if try(coalesce(rule.action), "redact") != "redact"]`;
    const decides = `contains(["keep", "sample"], rule.action) && rule.values == null && rule.pattern == null`;
    return `alltrue([for rules in [${selecting}] : !anytrue([for i, rule in rules : ${decides} && i < length(rules) - 1])])`;
  },
};
