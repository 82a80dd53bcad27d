/** A metric of a function. */
export interface MetricDefinition {
  /** In CloudWatch. */
  unit: "Count" | "Bytes" | "Milliseconds";
  meaning: string;
}
