import { DamagedError } from "../../../../archive/outcome-errors";
import { type QuarantinedEntry, shownBytes } from "../entry";
import { firstBytes, type QuarantinedContent } from "../limited-content";
import type { QuarantinePlace } from "../place";
import { decodedRecords } from "./decoded-records";

/** Of a record, which has up to 10 MiB; a longer one is not decoded once more. */
export const DEAD_LETTER_SHOWN_BYTES = 64 * 1024;

/** `…/HH/<stream>/<shard>-<sequence number>` */
const STREAM = /\/\d\d\/([^/]+)\/[^/]+$/;

/** `dead-letter/`: one record byte for byte, and in its metadata why it could not be decoded. */
export async function* deadLetterRecord(
  object: QuarantinedContent,
  { timeFields }: Pick<QuarantinePlace, "timeFields">,
): AsyncGenerator<QuarantinedEntry> {
  const { key, bytes, metadata } = object;
  const { reason, account, "shard-id": shardId, "sequence-number": sequenceNumber } = metadata;
  const stream = STREAM.exec(key)?.[1];
  const arrival = Date.parse(metadata["arrival-time"] ?? "");
  if (stream === undefined || !reason || !account || !shardId || !sequenceNumber || Number.isNaN(arrival)) {
    throw new DamagedError("is no dead letter: its name or its metadata is another one");
  }
  const data = await firstBytes(object, DEAD_LETTER_SHOWN_BYTES);
  const text = `${shownBytes(data)}${bytes > data.byteLength ? " …" : ""}`;
  const entry = { at: arrival, origin: stream, stream: shardId, reason, text };
  const record = {
    data,
    stream,
    account,
    shardId,
    sequenceNumber,
    region: "",
    arrival,
    isReplayed: metadata.replayed === "true",
  };
  const { groups, undecodable } =
    bytes > data.byteLength ? { groups: [], undecodable: 1 } : await decodedRecords([record], timeFields);
  // What this version decodes has events, by whose times a replay selects it.
  const isDecoded = undecodable === 0 && groups.length > 0;
  yield {
    ...entry,
    from: isDecoded ? Math.min(...groups.map(({ from }) => from)) : arrival,
    to: isDecoded ? Math.max(...groups.map(({ to }) => to)) : arrival,
    events: isDecoded ? groups.reduce((sum, { events }) => sum + events, 0) : 0,
    ids: isDecoded ? groups.flatMap(({ ids }) => ids) : [],
  };
}
