import { gunzipSync } from "node:zlib";
import { documentId } from "../../../core/events/document-id";
import { isObject } from "../../../core/json/object";

/** For how long a sample counts, in milliseconds. */
const KEPT_MS = 300_000;
/** Samples that are looked for at a time. */
const MAX_WAITING = 100;
/** A larger record is no sample: it would be inflated in this process, once more. */
const MAX_SAMPLE_BYTES = 65_536;

/** Records of a batch that are looked into: the first ones of a new stream are control messages. */
const MAX_TRIED = 5;

interface Waiting {
  readonly functionName: string;
  /** When it arrived in the stream, in milliseconds since the epoch. */
  readonly arrivedMs: number;
}

/** Measures how long events take from the put until they are searchable: of a sample of each batch. */
export class LagSamples {
  /** By the `_id` of the document. */
  readonly #waiting = new Map<string, Waiting>();
  readonly #found: { functionName: string; atMs: number; lagMs: number }[] = [];
  readonly #ages = new Map<string, { atMs: number; ageMs: number }>();

  /** Takes a sample of what a function is invoked with: an event of the first record that has any. */
  invoked(functionName: string, event: unknown, nowMs: number): void {
    const records = recordsOf(event);
    const arrivedMs = recordOf(records.at(-1))?.arrivedMs ?? oldestOf(records);
    if (arrivedMs !== undefined) this.#ages.set(functionName, { atMs: nowMs, ageMs: Math.max(0, nowMs - arrivedMs) });
    if (this.#waiting.size >= MAX_WAITING) return;
    for (const record of records.slice(0, MAX_TRIED)) {
      const first = recordOf(record);
      const id = first && documentOf(first.data);
      if (id === undefined) continue;
      // The batch may be retried: what counts is its first arrival, which stays the same.
      this.#waiting.set(id, { functionName, arrivedMs: first!.arrivedMs });
      return;
    }
  }

  /** Documents that are looked for. */
  get waiting(): readonly string[] {
    return [...this.#waiting.keys()];
  }

  /** These were found by a search. @param nowMs when it was answered */
  found(ids: readonly string[], nowMs: number): void {
    for (const id of ids) {
      const sample = this.#waiting.get(id);
      if (!sample) continue;
      this.#waiting.delete(id);
      this.#found.push({
        functionName: sample.functionName,
        atMs: nowMs,
        lagMs: Math.max(0, nowMs - sample.arrivedMs),
      });
    }
    for (const [id, { arrivedMs }] of this.#waiting) if (nowMs - arrivedMs > KEPT_MS) this.#waiting.delete(id);
    while (this.#found.length > 0 && nowMs - this.#found[0]!.atMs > KEPT_MS) this.#found.shift();
  }

  /** Lags of a function's samples that were found at or after a time, in milliseconds. */
  lagsOf(functionName: string | undefined, sinceMs = 0): number[] {
    return this.#found
      .filter((one) => one.functionName === functionName && one.atMs >= sinceMs)
      .map(({ lagMs }) => lagMs);
  }

  /** Age of the last record of the last batch when it was begun with; undefined without one in the last minute. */
  iteratorAgeOf(functionName: string | undefined, nowMs: number): number | undefined {
    const age = functionName === undefined ? undefined : this.#ages.get(functionName);
    return age && nowMs - age.atMs <= 60_000 ? age.ageMs : undefined;
  }
}

/** A record of a stream. */
function recordOf(record: unknown): { readonly data: string; readonly arrivedMs: number } | undefined {
  const kinesis = isObject(record) && isObject(record.kinesis) ? record.kinesis : undefined;
  const { data, approximateArrivalTimestamp: arrived } = kinesis ?? {};
  return typeof data === "string" && typeof arrived === "number" ? { data, arrivedMs: arrived * 1_000 } : undefined;
}

/** Of a stream, a queue or a delivery stream, which writes it in lower case. */
function recordsOf(event: unknown): readonly unknown[] {
  const records = isObject(event) ? (event.Records ?? event.records) : undefined;
  return Array.isArray(records) ? records : [];
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

/** `_id` of the document of an envelope's first event; undefined for anything else that a stream may hold. */
function documentOf(data: string): string | undefined {
  if (data.length > MAX_SAMPLE_BYTES) return undefined;
  try {
    const json = gunzipSync(Buffer.from(data, "base64"), { maxOutputLength: 64 * MAX_SAMPLE_BYTES }).toString("utf8");
    const { owner, logGroup, logEvents, messageType } = JSON.parse(json);
    const id: unknown = messageType === "DATA_MESSAGE" && logEvents[0].id;
    return typeof id === "string" && id !== "" ? documentId(id, { owner, logGroup }) : undefined;
  } catch {
    return undefined;
  }
}

/** Of values in any order. @param q 0 to 1 @returns undefined without any */
export function sampleQuantile(values: readonly number[], q: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}
