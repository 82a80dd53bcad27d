import type { KinesisStreamRecord } from "aws-lambda";
import { documentId, objectIdSuffix } from "../../../core/events/document-id";
import { isObject, parsedObject } from "../../../core/json/object";
import { kinesisRecord } from "../../../core/sources/kinesis/record";
import { MAX_WRAPPERS, RecordDecoder } from "../../../core/sources/kinesis/record-decoder";
import { parseObjectMessage } from "../../../core/sources/s3/object-message";

/** An event whose way into the index is measured. */
export interface SampledEvent {
  /** It is there as soon as a document has one of these `_id`s. */
  readonly ids: readonly string[];
  /** When it came, in milliseconds since the epoch. */
  readonly arrivedMs: number;
}

/** In characters. A larger record is no sample: it would be inflated in this process, once more. */
const MAX_SAMPLE_LENGTH = 65_536;

const MAX_INFLATED_BYTES = 64 * MAX_SAMPLE_LENGTH;

/** Of an object: its first lines may name fields, and blank lines are no documents. */
const FIRST_LINES = 5;

/** Samples a record that a function is invoked with: of a stream, or of a queue that S3 notifies. @returns undefined for any other */
export function sampleOf(record: unknown): SampledEvent | undefined {
  if (!isObject(record)) return undefined;
  try {
    return isObject(record.kinesis)
      ? sampleOfRecord(record as object as KinesisStreamRecord)
      : sampleOfBody(record.body);
  } catch {
    // Whatever it holds, it is delivered all the same.
    return undefined;
  }
}

/** The first event of a record. */
function sampleOfRecord(given: KinesisStreamRecord): SampledEvent | undefined {
  if (given.kinesis.data.length > MAX_SAMPLE_LENGTH) return undefined;
  const record = kinesisRecord(given);
  // Times decide nothing here.
  const decoder = new RecordDecoder({ recordMaxBytes: MAX_INFLATED_BYTES, timeField: "" });
  for (const part of decoder.decode({ data: record.data, record, wrappersLeft: MAX_WRAPPERS })) {
    if (!("envelope" in part)) continue;
    const { envelope } = part;
    const [event] = envelope.logEvents;
    if (event) return sample([documentId(event.id, envelope)], record.arrival);
  }
  return undefined;
}

/** The object that a message of S3 names, from when it was put: what the function sends itself does not tell. */
function sampleOfBody(body: unknown): SampledEvent | undefined {
  if (typeof body !== "string" || body.length > MAX_SAMPLE_LENGTH) return undefined;
  const message = parsedObject(body);
  const wrapped = message?.Type === "Notification" ? parsedObject(String(message.Message)) : message;
  if (!wrapped) return undefined;
  if (!Array.isArray(wrapped.Records)) return sampleOfEvent(wrapped, wrapped.time);
  for (const record of wrapped.Records) {
    const found = isObject(record) && sampleOfEvent({ Records: [record] }, record.eventTime);
    if (found) return found;
  }
  return undefined;
}

function sampleOfEvent(event: object, time: unknown): SampledEvent | undefined {
  const parsed = parseObjectMessage(JSON.stringify(event));
  const [first] = parsed.kind === "objects" ? parsed.objects : [];
  if (!first || typeof time !== "string") return undefined;
  const suffix = objectIdSuffix(first.object);
  return sample(
    Array.from({ length: FIRST_LINES }, (_, line) => line + suffix),
    Date.parse(time),
  );
}

const sample = (ids: readonly string[], arrivedMs: number): SampledEvent | undefined =>
  Number.isFinite(arrivedMs) ? { ids, arrivedMs } : undefined;
