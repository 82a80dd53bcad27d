import { gzipSync } from "node:zlib";
import { splicedRecord } from "../../core/fast-path/spliced-record";
import { eventSource, sourceLines } from "../../core/sinks/opensearch/bulk-batch";
import type { Lines } from "../../core/sinks/opensearch/pack";
import { inflateRecord } from "../../core/sources/kinesis/gunzip";
import { decodeRecord, kinesisRecord } from "../../core/sources/kinesis/record";
import { kinesisStreamRecord } from "./kinesis";

const SETTINGS = { indexPrefix: "cwl-", recordMaxBytes: 64 * 1024 * 1024, timeField: "" };

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

/** What the fast path makes of an envelope; undefined: it leaves it to the plain one. */
export function spliced(envelope: string | Buffer) {
  const record = kinesisRecord(kinesisStreamRecord(1, gzipSync(envelope)));
  const fast = splicedRecord(inflateRecord(record.data, SETTINGS.recordMaxBytes), record, SETTINGS);
  if (!fast) return undefined;
  const { logGroup, events, member } = fast;
  return { logGroup, events, member: member.toString("base64"), lines: joined(fast.lines(0)) };
}

/** What the plain path makes of an envelope; undefined: it holds no events. */
export function plain(envelope: string | Buffer) {
  const record = kinesisRecord(kinesisStreamRecord(1, gzipSync(envelope)));
  const decoded = decodeRecord(record, SETTINGS);
  if (decoded.kind !== "events") return undefined;
  const { logGroup, logEvents } = decoded.envelope;
  const lines = joined(sourceLines(eventSource(decoded.envelope, record, SETTINGS.indexPrefix), 0));
  return { logGroup, events: logEvents.length, member: decoded.member.toString("base64"), lines };
}

/** Both paths make the same of `envelope`, or the fast one leaves it to the plain one. Returns whether it did not. */
export function expectSame(envelope: string | Buffer): boolean {
  const fast = spliced(envelope);
  if (fast) expect(fast).toEqual(plain(envelope));
  return fast !== undefined;
}
