import { MAX_VALUE_SETS, type MetricDimension } from "../../settings/event-metrics";
import type { EventTexts } from "../event-texts";

/** Takes the place of a value that is none of those given, or one too many. */
export const OTHER = "other";

/** Takes the place of a value that an event does not have. */
export const NONE = "none";

/** Source: CloudWatch API Reference, "Dimension": Value. */
const MAX_LENGTH = 1_024;

/** The dimensions' values of an event, in the dimensions' order. Whoever writes an event chooses them, so `ValueSets` limits their number. */
export const dimensionValues = (dimensions: readonly MetricDimension[], texts: EventTexts): string[] =>
  dimensions.map(({ field, values }) => {
    const [text] = texts.of(field);
    if (values) return text !== undefined && values.includes(text) ? text : OTHER;
    return text === undefined ? NONE : asValue(text);
  });

/** A value that CloudWatch takes: ASCII without control characters, and not spaces alone. */
function asValue(text: string): string {
  const value = text
    .trim()
    .slice(0, MAX_LENGTH)
    .trimEnd()
    .replaceAll(/[^ -~]/g, "?");
  return value === "" ? NONE : value;
}

/** The sets of values that a metric's dimensions have had, of this instance of the function: the first ones, and one for all others. */
export class ValueSets {
  readonly #known = new Map<string, readonly string[]>();
  #others: readonly string[] | undefined;

  /** Returns the values, or those of all others once there are too many: the same array for the same values. */
  limited(values: readonly string[]): readonly string[] {
    const key = JSON.stringify(values);
    const known = this.#known.get(key);
    if (known) return known;
    if (this.#known.size >= MAX_VALUE_SETS) {
      this.#others ??= values.map(() => OTHER);
      return this.#others;
    }
    // Copied: a part of a message would keep all of it.
    const copied: readonly string[] = JSON.parse(key);
    this.#known.set(key, copied);
    return copied;
  }
}
