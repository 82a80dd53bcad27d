import { isObject } from "../../../core/json/object";
import type { DeliveredRecords } from "../../firehose/record";
import { type SampledEvent, sampleOf } from "./sampled-event";

/** For how long a sample counts, and is looked for, in milliseconds. */
const KEPT_MS = 300_000;
/** Samples that are looked for at a time: of all lanes, and of one, so that what never comes there keeps out no other's. */
const MAX_WAITING = { all: 100, lane: 20 };

/** Records of a batch that are looked into: the first ones of a new stream are control messages. */
const MAX_TRIED = 5;

interface Waiting extends SampledEvent {
  /** ARN of the stream, queue or delivery stream. */
  readonly lane: string;
  readonly sampledMs: number;
}

interface Found {
  readonly lane: string;
  /** The first one of the sample; undefined: in S3. */
  readonly id: string | undefined;
  readonly atMs: number;
  readonly lagMs: number;
}

/** Measures how long events take from where a lane begins until they are searchable, or in S3: of samples of each batch. */
export class LagSamples {
  /** By the first `_id`. */
  readonly #waiting = new Map<string, Waiting>();
  readonly #found: Found[] = [];
  readonly #ages = new Map<string, { atMs: number; ageMs: number }>();

  /** Takes a sample of what a function is invoked with: an event of the first record that has any. */
  invoked(event: unknown, nowMs: number): void {
    const records = recordsOf(event);
    const lane = laneOf(event, records);
    if (lane === undefined) return;
    const arrivedMs = arrivalOf(records.at(-1)) ?? oldestOf(records);
    if (arrivedMs !== undefined) this.#ages.set(lane, { atMs: nowMs, ageMs: Math.max(0, nowMs - arrivedMs) });
    for (const record of this.#hasRoom(lane) ? records.slice(0, MAX_TRIED) : []) {
      const sample = sampleOf(record);
      if (!sample) continue;
      this.#take(lane, sample, nowMs);
      return;
    }
  }

  /** Firehose has written a batch: of its first, its middle and its last record, because it gathers them for a while. */
  delivered({ arn, isSearched, records }: DeliveredRecords, nowMs: number): void {
    const places = new Set([0, Math.floor(records.length / 2), records.length - 1]);
    for (const { documentId, arrivedAt } of [...places].flatMap((n) => records[n] ?? [])) {
      if (!isSearched) this.#add({ lane: arn, id: undefined, atMs: nowMs, lagMs: nowMs - arrivedAt });
      // Without an id nobody can look for it.
      else if (documentId !== undefined) this.#take(arn, { ids: [documentId], arrivedMs: arrivedAt }, nowMs);
    }
  }

  /** Documents that are looked for. */
  get waiting(): readonly string[] {
    return [...this.#waiting.values()].flatMap(({ ids }) => ids);
  }

  /** These were found by a search. @param nowMs when it was answered */
  found(ids: readonly string[], nowMs: number): void {
    const all = new Set(ids);
    for (const [first, { lane, ids: any, arrivedMs, sampledMs }] of this.#waiting) {
      const isFound = any.some((id) => all.has(id));
      if (isFound) this.#add({ lane, id: first, atMs: nowMs, lagMs: nowMs - arrivedMs });
      if (isFound || nowMs - sampledMs > KEPT_MS) this.#waiting.delete(first);
    }
    while (this.#found.length > 0 && nowMs - this.#found[0]!.atMs > KEPT_MS) this.#found.shift();
  }

  /** Lags of a lane's samples that were found after a time, in milliseconds. */
  lagsOf(lane: string, afterMs = Number.NEGATIVE_INFINITY): number[] {
    return this.#found.filter((one) => one.lane === lane && one.atMs > afterMs).map(({ lagMs }) => lagMs);
  }

  /** Age of the last record of the last batch when it was begun with; undefined without one in the last minute. */
  iteratorAgeOf(lane: string, nowMs: number): number | undefined {
    const age = this.#ages.get(lane);
    return age && nowMs - age.atMs <= 60_000 ? age.ageMs : undefined;
  }

  #hasRoom(lane: string): boolean {
    const ofLane = [...this.#waiting.values()].filter((one) => one.lane === lane).length;
    return this.#waiting.size < MAX_WAITING.all && ofLane < MAX_WAITING.lane;
  }

  /** What was found is not looked for again: a batch that is repeated would find it at once. */
  #take(lane: string, sample: SampledEvent, nowMs: number): void {
    const [first] = sample.ids;
    if (!this.#hasRoom(lane) || this.#found.some(({ id }) => id === first)) return;
    this.#waiting.set(first!, { ...sample, lane, sampledMs: nowMs });
  }

  #add({ lagMs, ...found }: Found): void {
    this.#found.push({ ...found, lagMs: Math.max(0, lagMs) });
  }
}

/** Of a stream, a queue or a delivery stream, which writes it in lower case. */
function recordsOf(event: unknown): readonly unknown[] {
  const records = isObject(event) ? (event.Records ?? event.records) : undefined;
  return Array.isArray(records) ? records : [];
}

/** ARN of the event's source. */
function laneOf(event: unknown, [first]: readonly unknown[]): string | undefined {
  const arn = isObject(first) && first.eventSourceARN;
  const lane = arn || (isObject(event) && event.deliveryStreamArn);
  return typeof lane === "string" ? lane : undefined;
}

/** When a record arrived in its stream. */
function arrivalOf(record: unknown): number | undefined {
  const arrived = isObject(record) && isObject(record.kinesis) && record.kinesis.approximateArrivalTimestamp;
  return typeof arrived === "number" ? arrived * 1_000 : undefined;
}

/** When the first of a queue's messages was sent, or of a delivery stream's records put; undefined for a stream's. */
function oldestOf(records: readonly unknown[]): number | undefined {
  const times = records
    .filter(isObject)
    .map(({ attributes, approximateArrivalTimestamp }) =>
      isObject(attributes) ? Number(attributes.SentTimestamp) : Number(approximateArrivalTimestamp),
    )
    .filter((time) => Number.isFinite(time));
  return times.length === 0 ? undefined : Math.min(...times);
}

/** Of values in any order. @param q 0 to 1 @returns undefined without any */
export function sampleQuantile(values: readonly number[], q: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}
