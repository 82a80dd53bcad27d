import { placeOfKey } from "../archive/archived-key";
import type { Bucket, StoredObject } from "../archive/bucket";
import { listFailure } from "../archive/bucket-errors";
import { inParallel } from "../core/concurrency/in-parallel";
import { splitFields } from "../core/events/extracted-fields";
import { DOCUMENT_TIMES } from "../core/events/limits";
import type { ReplayArguments } from "../replay/arguments/arguments";
import { envelopes } from "../replay/kinds/envelopes";
import { UsageError } from "../tools/usage/usage-error";
import type { RangeArguments } from "./arguments/range";
import type { SourceArguments } from "./arguments/source";

/** An event of the archive, as queries see it. */
export interface QueriedEvent {
  /** In ms since the epoch. */
  time: number;
  /** The UTC hour in which its record arrived, `YYYY/MM/DD/HH`: the folder of its object. */
  hour: string;
  /** Of its envelope: that of the subscription, by which objects are named. */
  source_group: string;
  /** As its document has it: an event of a centralized log group keeps the account and log group that it came from. */
  account: string;
  log_group: string;
  log_stream: string;
  id: string;
  message: string;
  /** The key of its object. */
  object: string;
}

const LISTINGS = 8;

/** All times: events are selected once they are read, so that what is cached of an object serves any range. */
const EVER = { fromMs: 0, toMs: DOCUMENT_TIMES.latest + 1 };

/** Lists the objects that may hold events of a range, in the order of their keys. @throws UsageError when the bucket cannot be listed */
export async function archivedObjects(
  bucket: Pick<Bucket, "list" | "name">,
  source: SourceArguments,
  range: RangeArguments,
): Promise<StoredObject[]> {
  const { fromMs, toMs, lateHours } = range;
  const args = { ...replayArgumentsOf(source), lateHours };
  const selection = { ...args.selection, fromMs, toMs };
  const prefixes = await envelopes.prefixes(bucket as Bucket, { ...args, selection });
  const found: StoredObject[] = [];
  try {
    await inParallel(LISTINGS, prefixes, async (prefix) => {
      for await (const object of bucket.list(prefix)) found.push(object);
    });
  } catch (error) {
    throw new UsageError([listFailure(error, bucket.name)]);
  }
  return found.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/**
 * Reads all events of an object, in their order.
 *
 * @throws DamagedError, ObjectError, StoppedError
 */
export async function* queriedEvents(
  bucket: Bucket,
  object: StoredObject,
  recordMaxBytes: number,
): AsyncGenerator<QueriedEvent> {
  const { key } = object;
  const hour = slashedHour(placeOfKey(key, "").origin.arrival);
  const args = replayArgumentsOf({ bucket: bucket.name, archivePrefix: "", recordMaxBytes });
  for await (const records of envelopes.read(bucket, object, args, "")) {
    for (const { owner, logGroup, logStream, logEvents } of records.flatMap((record) => record.envelopes)) {
      for (const { id, timestamp, message, extractedFields } of logEvents) {
        const { system } = splitFields(extractedFields ?? {});
        yield {
          time: timestamp,
          hour,
          source_group: logGroup.toWellFormed(),
          account: (system.owner ?? owner).toWellFormed(),
          log_group: (system.logGroup ?? logGroup).toWellFormed(),
          log_stream: logStream.toWellFormed(),
          id,
          message: message.toWellFormed(),
          object: key,
        };
      }
    }
  }
}

/** Whether an event is of the log group and account that are asked for. */
export function isOfSource({ source_group, account }: QueriedEvent, source: SourceArguments): boolean {
  if (source.logGroup !== undefined && source_group !== source.logGroup) return false;
  return source.account === undefined || account === source.account;
}

const slashedHour = (ms: number): string => new Date(ms).toISOString().slice(0, 13).replace(/[-T]/g, "/");

/** What reads the archive takes the arguments of a replay. */
const replayArgumentsOf = ({ bucket, archivePrefix, recordMaxBytes, logGroup }: SourceArguments): ReplayArguments => ({
  bucket,
  archivePrefix,
  kind: "archive",
  selection: { ...EVER, ...(logGroup !== undefined && { logGroup }) },
  lateHours: 0,
  timeField: "",
  recordMaxBytes,
  objectMaxBytes: 0,
});
