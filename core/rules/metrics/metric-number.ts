/** What CloudWatch takes, by absolute value, but for zero. Source: CloudWatch API Reference, "MetricDatum": Value. */
const MIN = 2 ** -360;
const MAX = 2 ** 360;

/** As JSON and most logs write a number; the longest that means something has some 20 digits. */
const NUMBER = /^[+-]?(\d{1,400}(\.\d{0,400})?|\.\d{1,400})([eE][+-]?\d{1,3})?$/;

/** Returns the first of a field's texts that is a number; one too small is zero. @returns undefined if CloudWatch would take none */
export function metricNumber(texts: readonly string[]): number | undefined {
  for (const text of texts) {
    const number = NUMBER.test(text) ? Number(text) : Number.NaN;
    if (Math.abs(number) <= MAX) return Math.abs(number) < MIN ? 0 : number;
  }
  return undefined;
}
