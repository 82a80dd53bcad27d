import type { JsonMembers, MemberRule } from "./json-members";
import { NAME_WITHOUT_SPACES, ofLength, textMatching } from "./variable";

/** Maximum number of a rule's values. */
export const MAX_RULE_VALUES = 50;

/** Maximum length of a pattern, a field's name and a value, in characters. */
export const MAX_RULE_TEXT = 500;

/** The texts that a field has: one of `values`, or one in which RE2 finds `pattern`. */
export type FieldCondition =
  | { field: string; values: readonly string[]; pattern?: undefined }
  | { field: string; pattern: string; values?: undefined };

/** The name of the field that a rule is about. Terraform matches the same patterns. */
export const FIELD_OF_RULE = {
  allowed: `message or the name of a field, of 1 to ${MAX_RULE_TEXT} characters without spaces and quotes; dots lead into objects`,
  ...textMatching(NAME_WITHOUT_SPACES, ofLength(1, MAX_RULE_TEXT)),
} satisfies MemberRule<string>;

export const PATTERN_OF_RULE = {
  allowed: `a pattern of RE2 of 1 to ${MAX_RULE_TEXT} characters`,
  ...textMatching(ofLength(1, MAX_RULE_TEXT)),
} satisfies MemberRule<string>;

export const VALUE_OF_RULE = {
  allowed: `a text of up to ${MAX_RULE_TEXT} characters`,
  ...textMatching(ofLength(0, MAX_RULE_TEXT)),
} satisfies MemberRule<string>;

const VALUES = { ...VALUE_OF_RULE, allowed: `1 to ${MAX_RULE_VALUES} texts of up to ${MAX_RULE_TEXT} characters` };

/** The members of a condition. */
export const CONDITION_MEMBERS = ["field", "values", "pattern"] as const;

/**
 * Reads the condition that `members` have, beside others: `values` or `pattern`, and `field`, which is the message unless it is given.
 *
 * @returns undefined after an error
 */
export function conditionIn(members: JsonMembers): FieldCondition | undefined {
  const names = CONDITION_MEMBERS.filter((name) => members.has(name));
  const field = members.has("field") ? members.text("field", FIELD_OF_RULE)! : "message";
  if (names.includes("values") === names.includes("pattern")) {
    members.wrong(
      `has ${names.join(" and ") || "no condition"}`,
      "values or pattern, with or without the field that has them",
    );
    return undefined;
  }
  return members.has("values")
    ? { field, values: members.list("values", VALUES, MAX_RULE_VALUES) }
    : { field, pattern: members.text("pattern", PATTERN_OF_RULE)! };
}
