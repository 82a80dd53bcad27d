import { MAX_EVENT_AHEAD_MS } from "../../core/events/limits";
import { HOUR_MS, hours } from "../hours";
import { DamagedError } from "../outcome-errors";
import type { KindReader } from "./kind";
import { contentOf, decodeSettings, replayed, wholeRecord } from "./whole-record";

/** Maximum size of a record, in bytes. Source: Kinesis Data Streams Developer Guide "Quotas and limits". */
const RECORD_MAX_BYTES = 10 * 1024 * 1024;

/** `…/HH/<stream>/<shard>-<sequence number>`; docs/archive.md. */
const STREAM = /\/([^/]+)\/[^/]+$/;

/** `dead-letter/`: objects that hold one record byte for byte, and in their metadata where it comes from. */
export const deadLetters: KindReader = {
  async prefixes(_, { archivePrefix, kind, selection, lateHours }) {
    const { fromMs, toMs } = selection;
    return hours(fromMs - MAX_EVENT_AHEAD_MS, toMs - 1 + lateHours * HOUR_MS).map(
      (hour) => `${archivePrefix}${kind}/${hour}/`,
    );
  },

  async *read(bucket, object, args, region) {
    const { content, metadata } = await contentOf(bucket, object, RECORD_MAX_BYTES);
    const { "shard-id": shardId, "sequence-number": sequenceNumber, "arrival-time": arrivalTime, account } = metadata;
    const arrival = Date.parse(arrivalTime ?? "");
    if (!account || !shardId || !sequenceNumber || Number.isNaN(arrival)) {
      throw new DamagedError("has no metadata account, shard-id, sequence-number and arrival-time of a dead letter");
    }
    const stream = STREAM.exec(object.key)![1]!;
    const place = { account, shardId, sequenceNumber, stream, region, arrival };
    const record = wholeRecord({ ...place, data: content }, decodeSettings(args.timeField));
    const records = replayed(record ? [record] : [], args);
    if (records.length > 0) yield records;
  },
};
