/** A metric's unit in CloudWatch, and its meaning. */
export type MetricDefinition = readonly ["Count" | "Bytes" | "Milliseconds", string];
