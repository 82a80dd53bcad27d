import { CONDITION_MEMBERS, conditionIn, FIELD_OF_RULE, type FieldCondition, PATTERN_OF_RULE } from "./field-condition";
import { given } from "./given";
import { JsonMembers, type MemberRule } from "./json-members";
import { parsedJson } from "./parsed-json";
import { textOneOf } from "./variable";

/** What a rule does with an event: `redact` changes its text, the others decide whether it is indexed. */
export const RULE_ACTIONS = ["drop", "keep", "sample", "redact"] as const;

/** Kinds of text that a rule redacts wherever they occur. */
export const REDACTED_KINDS = ["email", "ipv4", "ipv6", "card_number", "token"] as const;

export type RedactedKind = (typeof REDACTED_KINDS)[number];

/** Maximum number of rules of a function. */
export const MAX_RULES = 20;

/**
 * Maximum length of `RULES`, in bytes of UTF-8: the other variables need room, too.
 * Source: Lambda Developer Guide, "Lambda quotas": 4 KB for all environment variables of a function.
 */
export const MAX_RULES_LENGTH = 2_048;

/** Decides about the events that fulfil its condition. */
export interface SelectionRule {
  action: "drop" | "keep" | "sample";
  /** @default all events */
  condition?: FieldCondition;
  /** The share of them that is indexed, 0 to 1: of `drop` 0, of `keep` 1. */
  rate: number;
}

/** Redacts, in every event, kinds of text, a field's value, or whatever matches a pattern of RE2. */
export type RedactionRule = { action: "redact" } & (
  | { what: readonly RedactedKind[] }
  | { field: string }
  | { pattern: string }
);

export type EventRule = SelectionRule | RedactionRule;

const RATE: MemberRule<number> = {
  allowed: "a number from 0 to 1: the share of the events that is indexed",
  parse: (value) => (Number(value) >= 0 && Number(value) <= 1 ? Number(value) : undefined),
};

const KIND: MemberRule<RedactedKind> = {
  allowed: `a list of one or more of ${REDACTED_KINDS.join(", ")}`,
  ...textOneOf(...REDACTED_KINDS),
};

const ACTION = { allowed: RULE_ACTIONS.join(", "), ...textOneOf(...RULE_ACTIONS) };

/** The members that a rule of each action may have besides `action`. */
export const RULE_MEMBERS = {
  drop: CONDITION_MEMBERS,
  keep: CONDITION_MEMBERS,
  sample: [...CONDITION_MEMBERS, "rate"],
  redact: ["what", "field", "pattern"],
} as const satisfies Record<(typeof RULE_ACTIONS)[number], readonly string[]>;

export const RULES_ALLOWED =
  `a JSON list of up to ${MAX_RULES} rules and ${MAX_RULES_LENGTH} bytes, such as ` +
  '[{"action":"drop","field":"level","values":["debug"]},{"action":"redact","what":["email"]}]';

/** The mistakes in a list of rules, or none and the rules. */
export type ParsedRules =
  | { rules: readonly EventRule[]; errors: readonly [] }
  | { rules?: undefined; errors: readonly string[] };

/**
 * Parses `RULES`. A member that is null is as one that is missing. Whether RE2 takes the patterns is not checked.
 *
 * @param path before the place of each mistake
 */
export function parseRules(json: string, path = "RULES"): ParsedRules {
  const list = parsedJson(json);
  if (!Array.isArray(list)) return { errors: [`${path} is ${given(json)}, no JSON list. Allowed: ${RULES_ALLOWED}.`] };
  const errors: string[] = [];
  const bytes = Buffer.byteLength(json);
  if (list.length > MAX_RULES || bytes > MAX_RULES_LENGTH) {
    errors.push(`${path} has ${bytes} bytes, and this number of rules: ${list.length}. Allowed: ${RULES_ALLOWED}.`);
  }
  const rules = list.map((rule, i) => {
    const members = JsonMembers.of(rule, `${path}[${i}].`, `an object with an action: ${ACTION.allowed}`, errors);
    return members && ruleIn(members);
  });
  // Without errors no rule is undefined.
  return errors.length > 0 ? { errors } : { rules: rules as EventRule[], errors: [] };
}

function ruleIn(members: JsonMembers): EventRule | undefined {
  const action = members.text("action", ACTION);
  if (!action) return undefined;
  members.refuseOthers(["action", ...RULE_MEMBERS[action]]);
  return action === "redact" ? redactionIn(members) : selectionIn(action, members);
}

function selectionIn(action: SelectionRule["action"], members: JsonMembers): SelectionRule {
  const rate = action === "sample" ? members.number("rate", RATE)! : action === "keep" ? 1 : 0;
  if (!CONDITION_MEMBERS.some((name) => members.has(name))) return { action, rate };
  const condition = conditionIn(members);
  return { action, ...(condition && { condition }), rate };
}

function redactionIn(members: JsonMembers): RedactionRule | undefined {
  const given = RULE_MEMBERS.redact.filter((name) => members.has(name));
  if (given.length !== 1) {
    members.wrong(`has ${given.join(" and ") || "nothing to redact"}`, `one of ${RULE_MEMBERS.redact.join(", ")}`);
    return undefined;
  }
  const action = "redact";
  switch (given[0]!) {
    case "what":
      return { action, what: members.list("what", KIND, REDACTED_KINDS.length) };
    case "field":
      return { action, field: members.text("field", FIELD_OF_RULE)! };
    case "pattern":
      return { action, pattern: members.text("pattern", PATTERN_OF_RULE)! };
  }
}
