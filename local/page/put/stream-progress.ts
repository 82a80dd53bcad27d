import { gunzipSync } from "node:zlib";
import type { KinesisStreamRecord } from "aws-lambda";
import { parseEnvelope } from "../../../core/events/envelope";
import { isObject } from "../../../core/json/object";
import type { FollowedPut } from "./followed-put";

/** More than a record of CloudWatch Logs inflates to; another one is not looked into. */
const MAX_INFLATED_BYTES = 64 * 1024 * 1024;

interface KnownRecord {
  readonly put: FollowedPut;
  readonly events: number;
  isInvoked: boolean;
}

/** Follows puts through the stream: by the records that event source mappings read and invoke functions with. */
export class StreamProgress {
  readonly #known = new Map<string, KnownRecord>();

  /** @param putOf returns the put that is in flight in a log stream */
  constructor(private readonly putOf: (logGroup: string, logStream: string) => FollowedPut | undefined) {}

  /** Records were read from a stream. */
  read(records: readonly KinesisStreamRecord[]): void {
    for (const record of records) {
      const key = keyOf(record);
      const envelope = this.#known.has(key) ? undefined : envelopeIn(record);
      const put = envelope && this.putOf(envelope.logGroup, envelope.logStream);
      if (!put) continue;
      const events = envelope.logEvents.length;
      this.#known.set(key, { put, events, isInvoked: false });
      put.arrived("stream", events, record.kinesis.approximateArrivalTimestamp * 1000);
    }
  }

  /** A function is invoked with an event; a retry counts once. */
  invoked(event: unknown): void {
    const records = isObject(event) && Array.isArray(event.Records) ? event.Records : [];
    for (const record of records.filter(isObject)) {
      const known = this.#known.get(keyOf(record as object as KinesisStreamRecord));
      if (!known || known.isInvoked) continue;
      known.isInvoked = true;
      known.put.arrived("function", known.events);
    }
  }

  forget(): void {
    this.#known.clear();
  }
}

/** Sequence numbers of two streams may be equal. */
const keyOf = ({ eventSourceARN, eventID }: KinesisStreamRecord): string => `${eventSourceARN} ${eventID}`;

/** Undefined for what CloudWatch Logs does not write. */
function envelopeIn({ kinesis }: KinesisStreamRecord) {
  try {
    const json = gunzipSync(Buffer.from(kinesis.data, "base64"), { maxOutputLength: MAX_INFLATED_BYTES });
    const parsed = parseEnvelope(json.toString("utf8"));
    return parsed.kind === "envelope" ? parsed.envelope : undefined;
  } catch {
    return undefined;
  }
}
