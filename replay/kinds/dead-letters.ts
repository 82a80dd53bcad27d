import { hours } from "../../archive/hours";
import { DamagedError } from "../../archive/outcome-errors";
import { HOUR_MS } from "../../core/events/durations";
import { MAX_EVENT_AHEAD_MS } from "../../core/events/limits";
import { MAX_EVENT_COUNT } from "../records";
import type { KindReader } from "./kind";
import { checkPlace } from "./record-place";
import { contentOf, replayed, wholeRecord } from "./whole-record";

/** `…/HH/<stream>/<shard>-<sequence number>`; docs/archive.md. */
const STREAM = /\/\d\d\/([^/]+)\/[^/]+$/;

/** `dead-letter/`: objects that hold one record byte for byte, and in their metadata where it comes from. */
export const deadLetters: KindReader = {
  async prefixes(_, { archivePrefix, kind, selection, lateHours }) {
    const { fromMs, toMs } = selection;
    return hours(fromMs - MAX_EVENT_AHEAD_MS, toMs - 1 + lateHours * HOUR_MS).map(
      (hour) => `${archivePrefix}${kind}/${hour}/`,
    );
  },

  maxEvents: () => MAX_EVENT_COUNT,

  async *read(bucket, object, args, region, messages) {
    const stream = STREAM.exec(object.key)?.[1];
    if (stream === undefined) throw new DamagedError("is not named as the forwarder names a dead letter");
    const { content, metadata } = await contentOf(bucket, object, args.objectMaxBytes);
    const { "shard-id": shardId, "sequence-number": sequenceNumber, "arrival-time": arrivalTime, account } = metadata;
    if (!account || !shardId || !sequenceNumber || !arrivalTime) {
      throw new DamagedError("has no metadata account, shard-id, sequence-number and arrival-time of a dead letter");
    }
    const isReplayed = metadata.replayed === "true";
    const place = { account, shardId, sequenceNumber, stream, region, arrival: Date.parse(arrivalTime), isReplayed };
    checkPlace(place);
    const record = wholeRecord({ ...place, data: content }, args);
    const records = replayed(record ? [record] : [], args, messages);
    if (records.length > 0) yield records;
  },
};
