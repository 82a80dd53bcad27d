import { placeOfKey } from "../../archive/archived-key";
import { hours } from "../../archive/hours";
import { gunzippedLines } from "../../archive/lines";
import { DamagedError } from "../../archive/outcome-errors";
import { STREAM_PLACES } from "../../core/events/archive-place";
import { parseArchivedEnvelope } from "../../core/events/archived-envelope";
import { HOUR_MS } from "../../core/events/durations";
import { encodeLogGroup } from "../../core/events/encode-log-group";
import type { Envelope } from "../../core/events/envelope";
import { MAX_EVENT_AHEAD_MS } from "../../core/events/limits";
import type { Selection } from "../arguments/arguments";
import type { LaneMessages } from "../lane-messages";
import { type ReplayRecord, selected } from "../records";
import type { KindReader } from "./kind";

/** Characters of envelopes that are delivered together, and thus in memory for each object. */
const PART_LENGTH = 4 * 1024 * 1024;

/** Maximum ratio of deflate. Source: zlib "Technical Details". */
const MAX_RATIO = 1032;

/** Of the shortest event that an envelope can hold. */
const EVENT_MIN_LENGTH = '{"id":"","timestamp":0,"message":""}'.length;

/** How much longer than the record that it was a line can be: each character escaped, and a copy in base64. */
const LINE_RATIO = 8;

/** `archive/` and `rejected/`: objects that hold one envelope per line, gzipped. */
export const envelopes: KindReader = {
  async prefixes(_, { archivePrefix, kind, selection, lateHours }) {
    const { fromMs, toMs, logGroup } = selection;
    // A stream's objects have the events of any log group.
    const places = logGroup === undefined ? [""] : [`${encodeLogGroup(logGroup)}/`, STREAM_PLACES];
    return hours(fromMs - MAX_EVENT_AHEAD_MS, toMs - 1 + lateHours * HOUR_MS).flatMap((hour) =>
      places.map((place) => `${archivePrefix}${kind}/${hour}/${place}`),
    );
  },

  maxEvents: (bytes) => Math.floor((bytes * MAX_RATIO) / EVENT_MIN_LENGTH),

  async *read(bucket, object, { selection, recordMaxBytes }, region, messages) {
    const { origin, stream } = placeOfKey(object.key, region);
    const { chunks } = await bucket.open(object);
    let part: ReplayRecord[] = [];
    let length = 0;
    let lineNumber = 0;
    for await (const line of gunzippedLines(chunks, object.bytes, LINE_RATIO * recordMaxBytes)) {
      lineNumber++;
      const record = selectedEnvelope(line, lineNumber, selection, messages, stream);
      if (!record) continue;
      part.push({ origin, ...record, ...(stream !== undefined && { stream }) });
      length += line.length;
      if (length < PART_LENGTH) continue;
      yield part;
      part = [];
      length = 0;
    }
    if (part.length > 0) yield part;
  },
};

/** Undefined for a line without a selected event. */
function selectedEnvelope(
  line: string,
  number: number,
  selection: Selection,
  messages?: LaneMessages,
  stream?: string,
): Pick<ReplayRecord, "envelopes" | "rejection"> | undefined {
  const parsed = parseArchivedEnvelope(line);
  if (parsed.kind === "undecodable") throw new DamagedError(`line ${number}: ${parsed.reason}`);
  const { messageType, owner, logGroup, logStream, logEvents, rejection } = parsed.envelope as Rejected;
  const envelope = selected({ messageType, owner, logGroup, logStream, logEvents }, selection, messages, stream);
  return envelope && { envelopes: [envelope], ...(rejection !== undefined && { rejection }) };
}

/** A line under `rejected/`. */
type Rejected = Envelope & { rejection?: string };
