import type { EventMetric } from "../settings/event-metrics";
import type { LogGroupException } from "../settings/log-groups";
import type { MessageVariables } from "../settings/message-variables";
import type { EventRule } from "../settings/rules";
import { compilePattern } from "./pattern";

/** The variables that have patterns. */
type PatternVariables = Pick<MessageVariables, "EXTRACT_FIELDS" | "JOIN_LINES" | "RULES"> & {
  METRICS: readonly EventMetric[];
};

/**
 * Returns what is wrong with the patterns of a function's variables: each that RE2 does not take, with its place.
 *
 * @param variables those that are allowed by themselves
 */
export function patternErrors({
  LOG_GROUPS = [],
  ...own
}: Partial<PatternVariables & { LOG_GROUPS: readonly LogGroupException[] }>): string[] {
  return [...errorsIn(own, ""), ...LOG_GROUPS.flatMap(({ variables }, i) => errorsIn(variables, `LOG_GROUPS[${i}].`))];
}

function errorsIn(
  { RULES = [], EXTRACT_FIELDS = [], JOIN_LINES, METRICS = [] }: Partial<PatternVariables>,
  place: string,
): string[] {
  const patterns: [name: string, pattern: string | undefined][] = [["JOIN_LINES", JOIN_LINES]];
  for (const { name, pattern } of EXTRACT_FIELDS)
    patterns.push([`EXTRACT_FIELDS[${JSON.stringify(name)}].pattern`, pattern]);
  for (const [i, rule] of RULES.entries()) patterns.push([`RULES[${i}].pattern`, patternOf(rule)]);
  for (const { name, where } of METRICS)
    for (const [i, { pattern }] of where.entries())
      patterns.push([`METRICS[${JSON.stringify(name)}].where[${i}].pattern`, pattern]);
  return patterns.flatMap(([name, pattern]) => {
    const error = pattern && compilePattern(pattern);
    if (!error || typeof error !== "string") return [];
    return `${place}${name} is ${JSON.stringify(pattern)}: ${error}. Allowed: a pattern of RE2, without lookahead and backreferences.`;
  });
}

const patternOf = (rule: EventRule): string | undefined =>
  "pattern" in rule ? rule.pattern : "condition" in rule ? rule.condition?.pattern : undefined;
