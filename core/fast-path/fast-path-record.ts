import type { RecordOrigin } from "../events/complete";
import type { IndexLayouts } from "../events/index-layout";
import type { Undecodable } from "../events/undecodable";
import type { MessageParsing } from "../parsers/message-parsing";
import type { EnvelopeReceipt } from "../receipts/receipt";
import type { Lines } from "../sinks/opensearch/pack";
import { MAX_EVENTS } from "../sources/kinesis/decode";
import type { Inflated, InflateMember } from "../sources/kinesis/gunzip";
import { EnvelopeEncoder } from "./envelope-encoder";
import { envelopeWasm } from "./envelope-wasm";

/**
 * Larger records are left to the plain path: the encoder has a copy in its memory, which grows and never shrinks. CloudWatch Logs
 * puts far less into one. Source: CloudWatch Logs API Reference, "PutLogEvents": 1 MB.
 */
const MAX_FAST_PATH_BYTES = 16 * 1024 * 1024;

/** A record that the fast path encodes. */
export interface FastPathRecord {
  logGroup: string;
  /** The number of its events. */
  events: number;
  /** The archive's copy: one gzip member. */
  member: Buffer;
  /** What a receipt says of its events. */
  receipt: EnvelopeReceipt;
  /**
   * The lines of its events. Copy them before requesting the next ones.
   *
   * @throws StaleLinesError, here or at a use of the lines, when another record has been opened since
   */
  lines(): Iterable<Lines>;
}

let loaded: EnvelopeEncoder | undefined;

/** Compiles the WASM encoder, which takes 1 or 2 ms; otherwise the first record's encoding does. */
export function loadFastPath(): EnvelopeEncoder {
  loaded ??= new EnvelopeEncoder(envelopeWasm());
  return loaded;
}

export interface FastPathSettings {
  indexLayouts: IndexLayouts;
  /** @default messages stay as they are */
  parsing?: Pick<MessageParsing, "of"> | undefined;
  /** Whether the records of a log group are left to somebody else. @default none are */
  isLeft?: ((logGroup: string) => boolean) | undefined;
}

/** Inflates a record where `fastPathRecord` then finds it: the bytes are valid until either gets another record. */
export const inflateMember: InflateMember = (data, maxBytes) => loadFastPath().inflate(data, maxBytes);

/**
 * Encodes a record's events without parsing them if the record is in the canonical form of CloudWatch Logs: byte for byte, from
 * the first to the last, and within the times of `completed`. The lines are those of the plain path.
 *
 * @param record its position in the batch
 * @returns undefined for any other record
 */
export function fastPathRecord(
  inflated: Inflated | Undecodable,
  record: number,
  origin: RecordOrigin,
  { indexLayouts, parsing, isLeft }: FastPathSettings,
): FastPathRecord | undefined {
  if (inflated.kind !== "inflated" || !inflated.member) return undefined;
  const { bytes, member } = inflated;
  if (bytes.length > MAX_FAST_PATH_BYTES) return undefined;
  const encoder = loadFastPath();
  const envelope = encoder.open(bytes, record, origin, indexLayouts, parsing, isLeft);
  if (!envelope) return undefined;
  const { logGroup } = envelope;
  const counts = envelope.named.parsing?.counts ?? {};
  const before = { ...counts };
  /** Its messages are about to be parsed, and counted, again. */
  const uncount = () => Object.assign(counts, before);
  const first = encoder.encodeFirst(envelope);
  if (!first) {
    uncount();
    return undefined;
  }
  if (first.isLast) {
    return { logGroup, events: first.events, member, receipt: encoder.receiptOf(envelope), lines: () => [first] };
  }

  // Its lines do not fit into the memory. It is read to its end, as any event may turn out not to be canonical, and then again.
  let last = first;
  while (!last.isLast) {
    const next = encoder.encodeNext(last);
    if (!next || next.position + next.events > MAX_EVENTS) {
      uncount();
      return undefined;
    }
    last = next;
  }
  return {
    logGroup,
    events: last.position + last.events,
    member,
    receipt: encoder.receiptOf(envelope),
    *lines() {
      uncount();
      let lines = encoder.encodeFirst(envelope)!;
      for (; !lines.isLast; lines = encoder.encodeNext(lines)!) yield lines;
      yield lines;
    },
  };
}
