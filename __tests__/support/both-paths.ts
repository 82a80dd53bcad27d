import { gzipSync } from "node:zlib";
import { fastPathRecord, inflateMember } from "../../core/fast-path/fast-path-record";
import type { MessageParsing } from "../../core/parsers/message-parsing";
import { envelopeReceipt } from "../../core/receipts/envelope-receipt";
import { eventSources, sourceLines } from "../../core/sinks/opensearch/bulk-batch";
import type { Lines } from "../../core/sinks/opensearch/pack";
import { decodeRecord } from "../../core/sources/kinesis/decode-record";
import { inflateRecord } from "../../core/sources/kinesis/gunzip";
import { kinesisRecord } from "../../core/sources/kinesis/record";
import { kinesisStreamRecord } from "./kinesis";
import { CWL } from "./layouts";

const SETTINGS = { recordMaxBytes: 64 * 1024 * 1024, timeField: "" };

/** The lines as they are sent, and each event's position before its own. */
function joined(each: Iterable<Lines>): string {
  let text = "";
  for (const { position, buffer, ends } of each) {
    let start = 0;
    for (const [i, end] of Array.from(ends).entries()) {
      text += `${position + i} ${buffer.toString("utf8", start, end)}`;
      start = end;
    }
  }
  return text;
}

type Parsing = Pick<MessageParsing, "of">;

/** The fast path's result for an envelope; undefined if it leaves the envelope to the plain path. */
export function fast(envelope: string | Buffer, indexLayouts = CWL, parsing?: Parsing) {
  const record = kinesisRecord(kinesisStreamRecord(1, gzipSync(envelope)));
  const { recordMaxBytes } = SETTINGS;
  const inflated = inflateRecord(record.data, recordMaxBytes, recordMaxBytes, inflateMember);
  const encoded = fastPathRecord(inflated, 0, record, { indexLayouts, parsing });
  if (!encoded) return undefined;
  const { logGroup, events, member, receipt } = encoded;
  return { logGroup, events, receipt, member: member.toString("base64"), lines: joined(encoded.lines()) };
}

/** What the plain path makes of an envelope; undefined: it holds no events. */
export function plain(envelope: string | Buffer, indexLayouts = CWL, parsing?: Parsing) {
  const record = kinesisRecord(kinesisStreamRecord(1, gzipSync(envelope)));
  const [decoded] = decodeRecord(record, SETTINGS);
  if (decoded?.kind !== "events") return undefined;
  const { logGroup, logEvents } = decoded.envelope;
  const [source] = eventSources([decoded.envelope], record, indexLayouts, parsing);
  const lines = joined(sourceLines(source!, 0));
  const receipt = envelopeReceipt(decoded.envelope, { events: logEvents });
  return { logGroup, events: logEvents.length, receipt, member: decoded.member.toString("base64"), lines };
}

/** Expects the same of both paths, unless the fast path leaves `envelope` to the plain one. Returns whether it took it. */
export function expectSame(envelope: string | Buffer, parsing?: Parsing): boolean {
  const encoded = fast(envelope, CWL, parsing);
  if (encoded) expect(encoded).toEqual(plain(envelope, CWL, parsing));
  return encoded !== undefined;
}
