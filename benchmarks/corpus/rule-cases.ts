import { type EventMetric, parseMetrics } from "../../core/settings/event-metrics";
import { type EventRule, parseRules, REDACTED_KINDS } from "../../core/settings/rules";

/** Rules to measure, as `RULES` has them, and what is beside them. */
export interface RuleCase {
  name: string;
  rules: readonly EventRule[];
  archiveContent?: "redacted";
  /** @default nothing is counted */
  metrics?: readonly EventMetric[];
  /** Whether the WASM encoder writes what it can, which it does without rules alone. @default true */
  fastPath?: false;
}

const ruleCase = (name: string, rules: readonly object[], options: Partial<RuleCase> = {}): RuleCase => {
  const { rules: parsed, errors } = parseRules(JSON.stringify(rules));
  if (!parsed) throw new Error(errors.join("\n"));
  return { name, rules: parsed, ...options };
};

const counting = (metrics: object): Partial<RuleCase> => {
  const { metrics: parsed, errors } = parseMetrics(JSON.stringify(metrics));
  if (!parsed) throw new Error(errors.join("\n"));
  return { metrics: parsed };
};

const redact = (what: readonly string[]) => ({ action: "redact", what });
const ALL_KINDS = redact(REDACTED_KINDS);

/** Those that decide about events apply to none, so that as many documents are written as without rules. */
export const RULE_CASES: readonly RuleCase[] = [
  ruleCase("none, without the WASM encoder", [], { fastPath: false }),
  ruleCase("`drop`, values of a field", [{ action: "drop", field: "log.level", values: ["trace"] }]),
  ruleCase("`drop`, a pattern", [{ action: "drop", pattern: "health-?check" }]),
  ruleCase("`sample`", [{ action: "sample", rate: 1 }]),
  ...REDACTED_KINDS.map((kind) => ruleCase(`\`redact\`, \`${kind}\``, [redact([kind])])),
  ruleCase("`redact`, all kinds", [ALL_KINDS]),
  ruleCase("`redact`, a field", [{ action: "redact", field: "source.ip" }]),
  ruleCase("`redact`, a pattern", [{ action: "redact", pattern: "pin=[0-9]{4}" }]),
  ruleCase("all of these", [
    { action: "drop", field: "log.level", values: ["trace"] },
    { action: "drop", pattern: "health-?check" },
    ALL_KINDS,
    { action: "redact", field: "source.ip" },
    { action: "redact", pattern: "pin=[0-9]{4}" },
    { action: "sample", rate: 1 },
  ]),
  ruleCase("`redact`, all kinds, and a redacted archive", [ALL_KINDS], { archiveContent: "redacted" }),
  ruleCase(
    "a metric: events by the value of a field",
    [],
    counting({ m: { where: [{ field: "level", values: ["error"] }] } }),
  ),
  ruleCase("a metric: events by a pattern", [], counting({ m: { where: [{ pattern: "health-?check" }] } })),
  ruleCase(
    "a metric: a number, with a dimension",
    [],
    counting({ m: { value: "http.response.status_code", dimensions: { level: { field: "level" } } } }),
  ),
];
