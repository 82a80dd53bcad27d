const RATES = ["Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes"].flatMap((bytes) => [
  bytes,
  bytes.replace("ytes", "its"),
]);

/** Units of CloudWatch. Source: CloudWatch API Reference, "MetricDatum": Unit. */
export const METRIC_UNITS: readonly string[] = [
  ...["None", "Count", "Percent", "Seconds", "Milliseconds", "Microseconds"],
  ...RATES,
  ...[...RATES, "Count"].map((unit) => `${unit}/Second`),
];
