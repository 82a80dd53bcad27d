import { embeddedMetrics } from "../../lambda/embedded-metrics";

/** Sums of a function's metrics since the start, by name, and how often it was invoked to its end. */
export interface FunctionTally {
  readonly sums: Readonly<Record<string, number>>;
  readonly reports: number;
}

/** Adds up what functions report of their invocations: their metrics, in their log lines. */
export class FunctionTallies {
  readonly #tallies = new Map<string, { sums: Record<string, number>; reports: number }>();

  /** @param line that the function has logged */
  add(functionName: string, line: string): void {
    const metrics = embeddedMetrics(line);
    if (metrics.length === 0) return;
    const tally = this.#tallies.get(functionName) ?? { sums: {}, reports: 0 };
    this.#tallies.set(functionName, tally);
    // A metric may have several sets of dimensions.
    const seen = new Set<string>();
    for (const { datum } of metrics) {
      const { MetricName: name = "", Values = [], Counts = [] } = datum;
      if (seen.has(name)) continue;
      seen.add(name);
      const sum = Values.reduce((total, value, n) => total + value * (Counts[n] ?? 1), 0);
      tally.sums[name] = (tally.sums[name] ?? 0) + sum;
    }
    if (seen.has("Duration")) tally.reports++;
  }

  /** As it is now. */
  of(functionName: string | undefined): FunctionTally {
    const tally = functionName === undefined ? undefined : this.#tallies.get(functionName);
    return tally ? { sums: { ...tally.sums }, reports: tally.reports } : { sums: {}, reports: 0 };
  }
}
