import type { Envelope } from "../../events/envelope";
import type { MessageParser } from "../../parsers/parsed-message";
import { rememberingLast } from "../../parsers/remembered";
import type { EventMetric } from "../../settings/event-metrics";
import { type CompiledCondition, compiledCondition } from "../compiled-condition";
import { envelopeOrigin } from "../event-origin";
import { EventTexts } from "../event-texts";
import { dimensionValues, ValueSets } from "./dimension-values";
import { metricNumber } from "./metric-number";
import { MetricTally } from "./metric-tally";

/** What the metrics of a log group have counted of some events, in the order of the metrics. */
export interface EventTally {
  readonly set: MetricSet;
  readonly tallies: readonly MetricTally[];
}

interface CompiledMetric {
  readonly metric: EventMetric;
  readonly conditions: readonly CompiledCondition[];
  readonly sets: ValueSets;
}

/** The metrics of log groups that have the same. */
export class MetricSet {
  readonly #metrics: readonly CompiledMetric[];

  /** @throws EnvironmentError for a pattern that RE2 does not take */
  constructor(metrics: readonly EventMetric[]) {
    this.#metrics = metrics.map((metric) => ({
      metric,
      conditions: metric.where.map(compiledCondition),
      sets: new ValueSets(),
    }));
  }

  get metrics(): readonly EventMetric[] {
    return this.#metrics.map(({ metric }) => metric);
  }

  /**
   * Counts the events of an envelope. An event of which a condition or a value cannot be found out is not counted.
   *
   * @param parse makes fields of the messages of the envelope's log stream. @default none has fields but JSON
   */
  count(envelope: Envelope, parse?: MessageParser): EventTally {
    const origin = envelopeOrigin(envelope);
    const parseOnce = parse && rememberingLast(parse);
    const tallies = this.#metrics.map(() => new MetricTally());
    for (const event of envelope.logEvents) {
      const texts = new EventTexts({ origin, event, parse: parseOnce });
      for (const [i, compiled] of this.#metrics.entries()) {
        try {
          countEvent(compiled, texts, tallies[i]!);
        } catch {
          tallies[i]!.failed++;
        }
      }
    }
    return { set: this, tallies };
  }

  /**
   * Adds up what was counted of events that are settled.
   *
   * @param all of this set
   */
  sum(all: readonly EventTally[]): readonly MetricTally[] {
    return this.#metrics.map(({ metric: { value, dimensions }, sets }, i) => {
      const sum = new MetricTally();
      // That there was none is told, too, where this is no further metric.
      if (value === undefined && dimensions.length === 0) sum.add(sets.limited([]), 0);
      for (const { tallies } of all) {
        const { series, withoutNumber, failed } = tallies[i]!;
        sum.withoutNumber += withoutNumber;
        sum.failed += failed;
        for (const { values, count, numbers } of series) sum.add(values, count, numbers);
      }
      return sum;
    });
  }
}

function countEvent({ metric, conditions, sets }: CompiledMetric, texts: EventTexts, tally: MetricTally): void {
  if (!conditions.every((isMet) => isMet(texts))) return;
  // Limited at once: a batch has as many sets as somebody likes to write.
  const values = () => sets.limited(dimensionValues(metric.dimensions, texts));
  if (metric.value === undefined) {
    tally.add(values(), 1);
    return;
  }
  const given = texts.of(metric.value);
  const number = metricNumber(given);
  if (number !== undefined) tally.add(values(), 1, [number]);
  else if (given.length > 0) tally.withoutNumber++;
}
