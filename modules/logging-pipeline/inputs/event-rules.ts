import { Token } from "cdktf";
import { FIELD_OF_RULE, MAX_RULE_VALUES, PATTERN_OF_RULE, VALUE_OF_RULE } from "../../../core/settings/field-condition";
import { MAX_RULES, MAX_RULES_LENGTH, REDACTED_KINDS, RULE_ACTIONS } from "../../../core/settings/rules";
import { type InputRule, jsonSize, oneOf, share, size } from "../../inputs/rules";
import { field, list, number, object, required, string } from "../../inputs/schema";
import { acceptedText } from "./environment";
import { re2 } from "./patterns";
import { areReached, redactsItsField } from "./without-effect";

const CONDITIONS = ["pattern", "values", "field pattern", "field values"];

/**
 * The members beside `action` that a rule of each action has, in alphabetical order: one of these lines. Unlike the function's, a
 * `drop` has a condition: Terraform leaves out members that it does not know, so that a misspelt one would drop everything.
 */
const MEMBERS = {
  drop: CONDITIONS,
  keep: ["", ...CONDITIONS],
  sample: ["rate", ...["pattern rate", "rate values", "field pattern rate", "field rate values"]],
  redact: ["field", "pattern", "what"],
} as const satisfies Record<(typeof RULE_ACTIONS)[number], readonly string[]>;

const members: InputRule = {
  allowed:
    "drop with pattern or values, and with or without the field that has them; keep and sample with the same or none of them, " +
    "sample with rate, too; redact with one of field, pattern and what",
  accepts: (value) => {
    const { action, ...others } = Object(value) as Record<string, unknown>;
    const given = Object.keys(others).filter((name) => (others[name] ?? undefined) !== undefined);
    return !isAction(action) || (MEMBERS[action] as readonly string[]).includes(given.sort().join(" "));
  },
  condition: (value) => {
    const given = `join(" ", [for name, member in ${value} : name if name != "action" && member != null])`;
    const allowed = Object.entries(MEMBERS).map(([action, lines]) => `${action} = ${JSON.stringify(lines)}`);
    return `contains(lookup({ ${allowed.join(", ")} }, coalesce(${value}.action, "-"), [${given}]), ${given})`;
  },
};

const isAction = (action: unknown): action is keyof typeof MEMBERS =>
  (RULE_ACTIONS as readonly unknown[]).includes(action);

const inVariables = jsonSize(MAX_RULES_LENGTH, "Lambda Developer Guide, Lambda quotas");

/** The length of `RULES`. */
const length: InputRule = {
  ...inVariables,
  accepts: (value) => inVariables.accepts([value].flat().map(withoutNulls)),
  condition: (value) => inVariables.condition(givenMembers(value)),
};

const withoutNulls = (rule: unknown): unknown =>
  Token.isUnresolved(rule)
    ? rule
    : Object.fromEntries(Object.entries(Object(rule)).filter(([, member]) => (member ?? undefined) !== undefined));

/** A Terraform expression for what follows "for rule in …": its members without those that are null, which the function takes for missing ones. */
export const GIVEN_MEMBERS = "{ for name, member in rule : name => member if member != null } if rule != null";

/** @param rules a Terraform expression */
export const givenMembers = (rules: string): string => `[for rule in ${rules} : ${GIVEN_MEMBERS}]`;

/** Which events of a log group are indexed, and what is redacted in them. */
export const eventRules = list(
  object(
    {
      action: required(
        string(oneOf(RULE_ACTIONS)),
        "drop, keep or sample: the first whose condition an event fulfils decides whether it is indexed. redact: replaces what it finds, in every event",
      ),
      field: field(
        string(acceptedText(FIELD_OF_RULE)),
        null,
        "field that the condition is about, or that is redacted. null: the message",
      ),
      values: field(
        list(string(acceptedText(VALUE_OF_RULE)), size(1, MAX_RULE_VALUES, "values")),
        null,
        "texts, one of which is all of the field's text. null: no such condition",
      ),
      pattern: field(
        string(acceptedText(PATTERN_OF_RULE), re2),
        null,
        "pattern of RE2 that occurs in the field's text, or whose matches are redacted. null: none",
      ),
      rate: field(number(share), null, "of sample: the share of the events that is indexed"),
      what: field(
        list(string(oneOf(REDACTED_KINDS)), size(1, REDACTED_KINDS.length, "kinds")),
        null,
        "kinds of text that are redacted wherever they occur. null: none",
      ),
    },
    members,
    redactsItsField,
  ),
  size(0, MAX_RULES, "rules"),
  length,
  areReached,
);
