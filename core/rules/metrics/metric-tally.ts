/** What a metric has counted for one set of its dimensions' values. */
export interface SeriesTally {
  /** In the dimensions' order. */
  readonly values: readonly string[];
  /** Events. */
  count: number;
  /** Their numbers, of a metric with a value. */
  readonly numbers: number[];
}

/** What a metric has counted of some events. */
export class MetricTally {
  readonly #series = new Map<readonly string[], SeriesTally>();
  /** Events that have a text where a number is to be: they are not counted. */
  withoutNumber = 0;
  /** Events of which a condition or a value could not be found out: a defect of the library. */
  failed = 0;

  /** @param values of the dimensions, in their order: one array for each set */
  add(values: readonly string[], count: number, numbers: readonly number[] = []): void {
    let series = this.#series.get(values);
    if (!series) {
      series = { values, count: 0, numbers: [] };
      this.#series.set(values, series);
    }
    series.count += count;
    for (const number of numbers) series.numbers.push(number);
  }

  get series(): Iterable<SeriesTally> {
    return this.#series.values();
  }
}
