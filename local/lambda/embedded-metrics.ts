import { type MetricDatum, StandardUnit } from "@aws-sdk/client-cloudwatch";

export interface EmbeddedMetric {
  readonly namespace: string;
  readonly datum: MetricDatum;
}

/** Source: Amazon CloudWatch User Guide "Specification: Embedded metric format". */
const MAX = { dimensions: 30, metrics: 100, values: 100 };

/** Source: CloudWatch API Reference "MetricDatum" and "PutMetricData". */
const MAX_LENGTH = { namespace: 255, name: 255, dimensionName: 255, dimensionValue: 1024 };

const UNITS: readonly string[] = Object.values(StandardUnit);

type Json = Readonly<Record<string, unknown>>;

/**
 * Returns the metrics that CloudWatch extracts from a line in the embedded metric format; none for any other line. Invalid
 * directives, metric definitions and dimension sets are left out.
 */
export function embeddedMetrics(line: string): EmbeddedMetric[] {
  const root = line.startsWith("{") ? parsed(line) : undefined;
  const metadata = object(root?._aws);
  const timestamp = metadata?.Timestamp;
  if (!root || !Array.isArray(metadata?.CloudWatchMetrics) || !isTime(timestamp)) return [];
  return metadata.CloudWatchMetrics.flatMap((directive) => metricsOf(object(directive), root, new Date(timestamp)));
}

function metricsOf(directive: Json | undefined, root: Json, Timestamp: Date): EmbeddedMetric[] {
  const { Namespace: namespace, Dimensions: sets, Metrics: definitions } = directive ?? {};
  if (!isText(namespace, MAX_LENGTH.namespace) || !Array.isArray(sets) || !Array.isArray(definitions)) return [];
  if (definitions.length > MAX.metrics) return [];
  const dimensionSets = sets.map((set) => dimensionsOf(set, root)).filter((set) => set !== undefined);
  return definitions.flatMap((definition) => {
    const metric = metricOf(object(definition), root);
    return metric
      ? dimensionSets.map((Dimensions) => ({ namespace, datum: { ...metric, Dimensions, Timestamp } }))
      : [];
  });
}

function dimensionsOf(set: unknown, root: Json): MetricDatum["Dimensions"] {
  if (!Array.isArray(set) || set.length > MAX.dimensions) return undefined;
  const dimensions = set.map((Name: unknown) => ({ Name, Value: own(root, Name) }));
  const isValid = (one: (typeof dimensions)[number]): one is { Name: string; Value: string } =>
    isText(one.Name, MAX_LENGTH.dimensionName) && isText(one.Value, MAX_LENGTH.dimensionValue);
  return dimensions.every(isValid) ? dimensions : undefined;
}

function metricOf(definition: Json | undefined, root: Json): MetricDatum | undefined {
  const { Name, Unit = "None", StorageResolution = 60 } = definition ?? {};
  if (!isText(Name, MAX_LENGTH.name) || !UNITS.includes(Unit as string)) return undefined;
  if (StorageResolution !== 1 && StorageResolution !== 60) return undefined;
  const target = own(root, Name);
  const values = Array.isArray(target) ? target : [target];
  if (values.length === 0 || values.length > MAX.values || !values.every(isNumber)) return undefined;
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const distribution = { Values: [...counts.keys()], Counts: [...counts.values()] };
  return { MetricName: Name, Unit: Unit as StandardUnit, StorageResolution, ...distribution };
}

function parsed(line: string): Json | undefined {
  try {
    return JSON.parse(line) as Json;
  } catch {
    return undefined;
  }
}

function object(value: unknown): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function own(root: Json, name: unknown): unknown {
  return typeof name === "string" && Object.hasOwn(root, name) ? root[name] : undefined;
}

function isText(value: unknown, maxLength: number): value is string {
  return typeof value === "string" && value.length > 0 && value.length <= maxLength;
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function isTime(value: unknown): value is number {
  return Number.isInteger(value) && !Number.isNaN(new Date(value as number).getTime());
}
