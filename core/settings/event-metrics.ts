import { CONDITION_MEMBERS, conditionIn, FIELD_OF_RULE, type FieldCondition, MAX_RULE_VALUES } from "./field-condition";
import { given } from "./given";
import { JsonMembers, type MemberRule } from "./json-members";
import { METRIC_UNITS } from "./metric-units";
import { parsedJson } from "./parsed-json";
import { textMatching, textOneOf } from "./variable";

/** A metric that counts events, or has a number of each. */
export interface EventMetric {
  /** In CloudWatch. */
  readonly name: string;
  /** An event counts if it fulfils all of them. */
  readonly where: readonly FieldCondition[];
  /** The field that has the number. @default events are counted */
  readonly value?: string;
  /** One of `METRIC_UNITS`. */
  readonly unit: string;
  readonly dimensions: readonly MetricDimension[];
}

/** A dimension of a metric, whose value is the text of a field. */
export interface MetricDimension {
  readonly name: string;
  readonly field: string;
  /** All other values become one. @default the first ones that come, see `MAX_VALUE_SETS` */
  readonly values?: readonly string[];
}

/** Maximum number of metrics of a log group. */
export const MAX_EVENT_METRICS = 20;

/** Maximum number of a metric's conditions. */
export const MAX_METRIC_CONDITIONS = 5;

/** Maximum number of a metric's dimensions. CloudWatch takes 30, and a metric filter 3: each set of values is a metric that is paid. */
export const MAX_METRIC_DIMENSIONS = 3;

/** Maximum number of sets of values that a metric's dimensions have, beside the one for all others. */
export const MAX_VALUE_SETS = 50;

/**
 * Maximum length of `METRICS`, in bytes of UTF-8: the other variables need room, too.
 * Source: Lambda Developer Guide, "Lambda quotas": 4 KB for all environment variables of a function.
 */
export const MAX_METRICS_LENGTH = 2_048;

/** The name of a metric or a dimension. CloudWatch takes more characters, and no control characters or colons at the beginning. */
export const METRIC_NAME = {
  allowed: "1 to 100 letters, digits and . _ - / # that begin with a letter",
  ...textMatching(/^[A-Za-z][A-Za-z0-9._/#-]{0,99}$/),
} satisfies MemberRule<string>;

/** A value of a dimension. Source: CloudWatch API Reference, "Dimension": ASCII without control characters, and not spaces alone. */
export const DIMENSION_VALUE = {
  allowed: "1 to 255 characters of ASCII without control characters, the first and the last no space",
  ...textMatching(/^[!-~]([ -~]{0,253}[!-~])?$/),
} satisfies MemberRule<string>;

const VALUES = { ...DIMENSION_VALUE, allowed: `1 to ${MAX_RULE_VALUES} texts, each ${DIMENSION_VALUE.allowed}` };

const UNIT = { allowed: METRIC_UNITS.join(", "), ...textOneOf(...METRIC_UNITS) };

export const METRICS_ALLOWED =
  `a JSON object of up to ${MAX_EVENT_METRICS} metrics and ${MAX_METRICS_LENGTH} bytes, such as ` +
  '{"latency":{"where":[{"field":"level","values":["info"]}],"value":"took","unit":"Milliseconds","dimensions":{"service":{"field":"service.name"}}}}';

/** The mistakes in metrics, or none and the metrics. */
export type ParsedMetrics =
  | { metrics: readonly EventMetric[]; errors: readonly [] }
  | { metrics?: undefined; errors: readonly string[] };

/**
 * Parses `METRICS`. A member that is null is as one that is missing. Whether RE2 takes the patterns is not checked.
 *
 * @param place before the place of each mistake
 */
export function parseMetrics(json: string, place = "METRICS"): ParsedMetrics {
  const value = parsedJson(json);
  if (value === null) return { errors: [`${place} is ${given(json)}, no JSON object. Allowed: ${METRICS_ALLOWED}.`] };
  const errors: string[] = [];
  const all = JsonMembers.of(value, `${place}.`, METRICS_ALLOWED, errors);
  if (!all) return { errors };
  const byName = Object.entries(value as object);
  const bytes = Buffer.byteLength(json);
  if (byName.length > MAX_EVENT_METRICS || bytes > MAX_METRICS_LENGTH) {
    all.wrong(`has ${bytes} bytes, and this number of metrics: ${byName.length}`, METRICS_ALLOWED);
  }
  const metrics = byName.flatMap(([name, one]) => {
    const path = `${place}[${JSON.stringify(name)}].`;
    const members = JsonMembers.of(one, path, "an object with where, value, or both", errors);
    return members ? [metricIn(name, members)] : [];
  });
  return errors.length > 0 ? { errors } : { metrics, errors: [] };
}

function metricIn(name: string, members: JsonMembers): EventMetric {
  if (METRIC_NAME.parse(name) === undefined) members.wrong("is no name of a metric", METRIC_NAME.allowed);
  members.refuseOthers(["where", "value", "unit", "dimensions"]);
  const where = members.has("where") ? conditionsIn(members) : [];
  if (!members.has("where") && !members.has("value")) members.wrong("counts every event", "where, value, or both");
  const dimensions = members.has("dimensions") ? dimensionsIn(name, members) : [];
  if (!members.has("value")) {
    if (members.has("unit")) members.wrong("has unit without value", "unit beside value: what is counted has Count");
    return { name, where, unit: "Count", dimensions };
  }
  const unit = members.has("unit") ? members.text("unit", UNIT)! : "None";
  return { name, where, value: members.text("value", FIELD_OF_RULE)!, unit, dimensions };
}

function conditionsIn(members: JsonMembers): FieldCondition[] {
  const allowed = `a list of 1 to ${MAX_METRIC_CONDITIONS} objects with values or pattern`;
  const all = members.objects("where", allowed);
  if (all.length > MAX_METRIC_CONDITIONS) members.wrong(`has ${all.length} conditions`, allowed);
  return all.flatMap((one) => {
    one.refuseOthers(CONDITION_MEMBERS);
    return conditionIn(one) ?? [];
  });
}

function dimensionsIn(metric: string, members: JsonMembers): MetricDimension[] {
  const allowed = `an object of up to ${MAX_METRIC_DIMENSIONS} dimensions, each an object with field`;
  const all = members.objectsByName("dimensions", allowed);
  if (all.size > MAX_METRIC_DIMENSIONS) members.wrong(`has ${all.size} dimensions`, allowed);
  const dimensions = [...all].map(([name, one]): MetricDimension => {
    if (METRIC_NAME.parse(name) === undefined) one.wrong("is no name of a dimension", METRIC_NAME.allowed);
    if (name === metric) one.wrong("is the metric's name", "another name");
    one.refuseOthers(["field", "values"]);
    const field = one.text("field", FIELD_OF_RULE)!;
    return { name, field, ...(one.has("values") && { values: one.list("values", VALUES, MAX_RULE_VALUES) }) };
  });
  const sets = valueSets(dimensions);
  if (sets > MAX_VALUE_SETS) {
    members.wrong(`has dimensions with ${sets} sets of values`, `up to ${MAX_VALUE_SETS}, with one value more each`);
  }
  return dimensions;
}

/** How many sets of values dimensions can have whose values are all given, and one more in each for those that are not; else 0. */
const valueSets = (dimensions: readonly MetricDimension[]): number =>
  dimensions.reduce((sets, { values }) => (values ? sets * (values.length + 1) : 0), 1);
