import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";

/** The account that owns streams and, unless a draft says another one, log groups. */
export const OWNER = "123456789012";

/** An event that is going to be put. Without an id, its position in the stream becomes its id. */
export interface DraftEvent {
  readonly id?: string;
  /** The position of the user record that it is, in an aggregate. */
  readonly userRecord?: number;
  readonly message: string;
}

/** A record that is going to be put, and what the pipeline must make of it. */
export interface Draft {
  readonly partitionKey: string;
  readonly data: Buffer;
  /** Of an envelope. @default OWNER */
  readonly owner?: string;
  /** Of an envelope; what an application writes has none. */
  readonly logGroup?: string;
  /** `events`: indexed and archived; `dead letter`: dead-lettered, byte for byte; `nothing`: dropped. */
  readonly becomes: "events" | "dead letter" | "nothing";
  /** Empty unless the record becomes events. */
  readonly events: readonly DraftEvent[];
  /** Whether a stranger writes it, who wants to stop the pipeline or to hide what others write. */
  readonly isHostile?: boolean;
}

/** A log group, and how its events come to the stream. */
export interface TrafficSource {
  readonly logGroup: string;
  /** @default OWNER */
  readonly owner?: string;
  /** `ACCOUNT_LEVEL_POLICY` of what an account policy delivers. @default a filter of the log group delivers it */
  readonly policyLevel?: string;
}

/** The log stream that CloudWatch Logs reads events from. */
export interface LogStream extends TrafficSource {
  readonly logStream: string;
}

export interface EnvelopeEvent extends DraftEvent {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
}

/** The JSON that CloudWatch Logs writes into one record. */
export function envelopeText(
  { logGroup, logStream, owner = OWNER, policyLevel }: LogStream,
  logEvents: readonly EnvelopeEvent[],
): string {
  const head = { messageType: "DATA_MESSAGE", owner, logGroup, logStream };
  return JSON.stringify({ ...head, subscriptionFilters: ["soak"], logEvents, policyLevel });
}

/** A record as CloudWatch Logs puts it: gzipped, with a partition key for each log stream. */
export function envelopeDraft(stream: LogStream, events: readonly EnvelopeEvent[]): Draft {
  return eventsDraft(stream, gzipSync(envelopeText(stream, events)), events);
}

/** A record whose data is an envelope with these events, in whatever form. */
export function eventsDraft(stream: LogStream, data: Buffer, events: readonly DraftEvent[]): Draft {
  const { logGroup, owner } = stream;
  return { partitionKey: partitionKeyOf(stream), data, becomes: "events", logGroup, ...(owner && { owner }), events };
}

/** Records of a log stream share a key, so they stay in order. */
export function partitionKeyOf({ logGroup, logStream }: LogStream): string {
  return createHash("md5").update(`${logGroup}\n${logStream}`).digest("hex");
}
