import { OWN_METRIC_NAMES } from "../../../core/metrics/own-names";
import {
  DIMENSION_VALUE,
  MAX_EVENT_METRICS,
  MAX_METRIC_CONDITIONS,
  MAX_METRIC_DIMENSIONS,
  MAX_METRICS_LENGTH,
  MAX_VALUE_SETS,
  METRIC_NAME,
} from "../../../core/settings/event-metrics";
import { FIELD_OF_RULE, MAX_RULE_VALUES, PATTERN_OF_RULE, VALUE_OF_RULE } from "../../../core/settings/field-condition";
import { METRIC_UNITS } from "../../../core/settings/metric-units";
import { type InputRule, jsonSize, oneOf, size } from "../../inputs/rules";
import { field, list, map, object, required, string } from "../../inputs/schema";
import { acceptedText } from "./environment";
import { re2 } from "./patterns";

const hasOne: InputRule = {
  about: ["pattern", "values"],
  allowed: "values or pattern",
  accepts: (value) => {
    const { pattern, values } = Object(value);
    return (pattern === null) !== (values === null);
  },
  condition: (value) => `(${value}.pattern == null) != (${value}.values == null)`,
};

const countsSome: InputRule = {
  about: ["value", "where"],
  allowed: "where, value, or both: what counts every event is AWS/Logs IncomingLogEvents",
  accepts: (value) => {
    const { value: field, where } = Object(value);
    return field !== null || [where].flat().length > 0;
  },
  condition: (value) => `${value}.value != null || length(${value}.where) > 0`,
};

const unitOfValue: InputRule = {
  about: ["unit", "value"],
  allowed: "unit beside value: what is counted has Count",
  accepts: (value) => {
    const { unit, value: field } = Object(value);
    return unit === null || field !== null;
  },
  condition: (value) => `${value}.unit == null || ${value}.value != null`,
};

const name = acceptedText(METRIC_NAME);

const notOwn: InputRule = {
  allowed: `any name but those of the pipeline's own metrics: ${OWN_METRIC_NAMES.join(", ")}`,
  accepts: (value) => !OWN_METRIC_NAMES.includes(String(value)),
  // In parentheses: what it rejects is named by its negation, and tools that read HCL stumble over two of them.
  condition: (value) => `(!contains(${JSON.stringify(OWN_METRIC_NAMES)}, ${value}))`,
};

/** A line of the embedded metric format has a metric and its dimensions side by side. */
const apartFromDimensions: InputRule = {
  allowed: "dimensions of other names than their metric's",
  accepts: (value) =>
    !Object.entries(Object(value)).some(([metric, one]) => Object.hasOwn(Object(Object(one).dimensions), metric)),
  condition: (value) => `!anytrue([for metric, one in ${value} : can(one.dimensions[metric])])`,
};

const fewSets: InputRule = {
  allowed: `dimensions that are all given values with up to ${MAX_VALUE_SETS} sets of these, and of one for all others`,
  accepts: (value) => {
    const values = Object.values(Object(value)).map((one) => Object(one).values ?? undefined);
    return !values.every(Array.isArray) || values.reduce((sets, one) => sets * (one.length + 1), 1) <= MAX_VALUE_SETS;
  },
  // Of more dimensions another rule tells.
  condition: (value) =>
    `alltrue([for sizes in [concat([for one in values(${value}) : try(length(one.values), -1) + 1], [1, 1, 1])] : ` +
    `sizes[0] * sizes[1] * sizes[2] <= ${MAX_VALUE_SETS}])`,
};

const inVariables = jsonSize(MAX_METRICS_LENGTH, "Lambda Developer Guide, Lambda quotas");

/** The length of `METRICS`. */
const length: InputRule = {
  ...inVariables,
  accepts: (value) => inVariables.accepts(JSON.parse(JSON.stringify(value, (_, member) => given(member)))),
  condition: (value) => inVariables.condition(givenMetrics(value)),
};

const given = (member: unknown): unknown =>
  member === null || (typeof member === "object" && Object.keys(member).length === 0) ? undefined : member;

/** A Terraform expression for metrics without members that say nothing, which the function takes for missing ones. @param metrics another one */
export function givenMetrics(metrics: string): string {
  const withoutNulls = (one: string): string =>
    `{ for name, member in ${one} : name => member if member != null } if ${one} != null`;
  const members = [
    `where = [for condition in metric.where : ${withoutNulls("condition")}]`,
    "value = metric.value",
    "unit = metric.unit",
    `dimensions = { for dimension, one in metric.dimensions : dimension => ${withoutNulls("one")} }`,
  ];
  const metric = `{ for name, member in { ${members.join(", ")} } : name => member if !contains(["null", "[]", "{}"], jsonencode(member)) }`;
  return `{ for metric_name, metric in ${metrics} : metric_name => ${metric} if metric != null }`;
}

/** What is counted of the events of a log group, by the metric's name. */
export const eventMetrics = map(
  object(
    {
      where: field(
        list(
          object(
            {
              field: field(string(acceptedText(FIELD_OF_RULE)), null, "field that has it. null: the message"),
              values: field(
                list(string(acceptedText(VALUE_OF_RULE)), size(1, MAX_RULE_VALUES, "values")),
                null,
                "texts, one of which is all of the field's text. null: no such condition",
              ),
              pattern: field(
                string(acceptedText(PATTERN_OF_RULE), re2),
                null,
                "pattern of RE2 that occurs in the field's text. null: no such condition",
              ),
            },
            hasOne,
          ),
          size(0, MAX_METRIC_CONDITIONS, "conditions"),
        ),
        [],
        "conditions, all of which an event fulfils that counts. []: all events",
      ),
      value: field(
        string(acceptedText(FIELD_OF_RULE)),
        null,
        "field with the number that is the metric's value. null: events are counted",
      ),
      unit: field(
        string(oneOf(METRIC_UNITS, "CloudWatch API Reference, MetricDatum")),
        null,
        "of the number. null: None",
      ),
      dimensions: field(
        map(
          object({
            field: required(string(acceptedText(FIELD_OF_RULE)), "field that has the dimension's value"),
            values: field(
              list(string(acceptedText(DIMENSION_VALUE)), size(1, MAX_RULE_VALUES, "values")),
              null,
              "values that are told apart; all others are `other`. " +
                `null: the first ${MAX_VALUE_SETS} sets of values that an instance of the function comes across`,
            ),
          }),
          [name],
          size(0, MAX_METRIC_DIMENSIONS, "dimensions"),
          fewSets,
        ),
        {},
        "dimensions by name. **Each set of values is a metric, which costs $0.30 a month** (docs/metrics.md)",
      ),
    },
    countsSome,
    unitOfValue,
  ),
  [name, notOwn],
  size(0, MAX_EVENT_METRICS, "metrics"),
  apartFromDimensions,
  length,
);
