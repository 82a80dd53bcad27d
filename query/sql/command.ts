import type { StoredObject } from "../../archive/bucket";
import { createClients } from "../../archive/clients";
import { hours } from "../../archive/hours";
import { DamagedError, ObjectError, OverwrittenError, StoppedError } from "../../archive/outcome-errors";
import { SdkBucket } from "../../archive/sdk-bucket";
import { inParallel } from "../../core/concurrency/in-parallel";
import { HOUR_MS } from "../../core/events/durations";
import { MAX_EVENT_AHEAD_MS } from "../../core/events/limits";
import { explainSystemError } from "../../tools/failures/system-error";
import { counted, mebibytes } from "../../tools/text/numbers";
import { shown } from "../../tools/text/one-line";
import { Progress } from "../../tools/text/progress";
import { UsageError } from "../../tools/usage/usage-error";
import type { RangeArguments } from "../arguments/range";
import type { SqlArguments } from "../arguments/sql";
import type { QueryIo } from "../io";
import { archivedObjects, queriedEvents } from "../source";
import { EventDatabase, type PreparedStatement } from "./duckdb";
import { defaultCacheFolder, EventCache, type EventFile } from "./event-cache";
import { writeRows } from "./rows";

/** Objects that are read at the same time. */
const CONCURRENT_READS = 8;

/** After as many overwritten versions an object counts as one that cannot be read. */
const MAX_OVERWRITTEN = 3;

/** Objects that an error names. */
const MAX_NAMED = 10;

/**
 * Runs SQL on the events of the archive, and writes the rows.
 *
 * @returns the exit code
 * @throws UsageError when it cannot begin, or SQL or an object is not as it has to be; then nothing is written
 */
export async function runSql(args: SqlArguments, io: QueryIo): Promise<number> {
  const { source, range, query, format } = args;
  const clients = createClients(io.env);
  await clients.region();
  const place = io.env.AWS_ENDPOINT_URL_S3 ?? io.env.AWS_ENDPOINT_URL ?? "";
  const cache = await machine(() => EventCache.open(args.cache ?? defaultCacheFolder(io.env), place));
  const parameters = query.isSaved ? arrivalHours(range) : [];
  /** @param use gets the statement, as long as the database is open */
  const prepared = async <T>(files: readonly EventFile[], use: (statement: PreparedStatement) => Promise<T>) => {
    const database = await EventDatabase.open(cache.folder, files, { ...source, ...range });
    try {
      return await use(await database.prepare(query.sql, parameters));
    } finally {
      database.close();
    }
  };
  try {
    // Before anything is read: a mistake costs no request.
    await prepared([], async () => {});
    const bucket = new SdkBucket(clients.s3, source.bucket, io.signal);
    const objects = await archivedObjects(bucket, source, range);
    if (objects.length === 0) throw new UsageError([nothingFound(args)]);
    const { files, damaged } = await machine(() => filesOf(objects, { args, bucket, cache, io }));
    for (const text of damaged) io.log(`Left out: ${text}`);
    return await prepared(files, async (statement) => {
      try {
        const rows = await writeRows(await statement.stream(), format, io.output);
        io.log(counted(rows, "row"));
        return damaged.length > 0 ? 1 : 0;
      } catch (error) {
        io.log(`The query failed: ${(error as Error).message.trimEnd()}`);
        return 1;
      }
    });
  } finally {
    await cache.prune();
  }
}

/** The first and the last hour in which events of a range arrived. */
function arrivalHours({ fromMs, toMs, lateHours }: RangeArguments): [string, string] {
  const all = hours(fromMs - MAX_EVENT_AHEAD_MS, toMs - 1 + lateHours * HOUR_MS);
  return [all[0]!, all.at(-1)!];
}

function nothingFound({ source: { bucket, archivePrefix, logGroup }, range: { lateHours } }: SqlArguments): string {
  const group = logGroup === undefined ? "" : ` of ${shown(logGroup)}, or of a stream that log groups share,`;
  return (
    `Bucket ${bucket} has no object${group} below ${archivePrefix}archive/ that arrived in this time. ` +
    `Check --bucket, --archive-prefix and --log-group, and the range, to whose end ${counted(lateHours, "hour")} of --late-hours are added.`
  );
}

interface Reading {
  args: SqlArguments;
  bucket: SdkBucket;
  cache: EventCache;
  io: QueryIo;
}

/** @throws UsageError naming the objects that cannot be read */
async function filesOf(objects: readonly StoredObject[], { args, bucket, cache, io }: Reading) {
  const files: EventFile[] = [];
  const damaged: string[] = [];
  let read = 0;
  let readBytes = 0;
  const progress = new Progress(io.errorOutput, () => `${files.length} of ${counted(objects.length, "object")}`);
  try {
    await inParallel(CONCURRENT_READS, objects, async (object) => {
      try {
        const file = await fileOf(object, { args, bucket, cache, io });
        files.push(file);
        if (!file.isNew) return;
        read++;
        readBytes += object.bytes;
      } catch (error) {
        if (!(error instanceof DamagedError || error instanceof ObjectError)) throw error;
        damaged.push(`${shown(object.key)} ${error.message}`);
      }
    });
  } catch (error) {
    throw error instanceof StoppedError ? new UsageError([error.message]) : error;
  } finally {
    progress.end();
  }
  io.log(`${counted(objects.length, "object")}, of which ${read} were read: ${mebibytes(readBytes)}`);
  if (damaged.length > 0 && !args.skipsDamaged) {
    const others = damaged.length > MAX_NAMED ? [`${damaged.length - MAX_NAMED} more objects cannot be read`] : [];
    throw new UsageError([
      ...damaged.slice(0, MAX_NAMED),
      ...others,
      "Without these the result would not be whole: narrow the range, or leave them out by --skip-damaged.",
    ]);
  }
  return { files, damaged };
}

/** An object that is overwritten meanwhile is read as it is then. */
async function fileOf(listed: StoredObject, { args, bucket, cache }: Reading): Promise<EventFile & { isNew: boolean }> {
  for (let object = listed, n = 0; ; n++) {
    try {
      const { recordMaxBytes } = args.source;
      return await cache.file(bucket.name, object, () => queriedEvents(bucket, object, recordMaxBytes));
    } catch (error) {
      if (!(error instanceof OverwrittenError) || n === MAX_OVERWRITTEN) throw error;
      object = await bucket.find(listed.key);
    }
  }
}

/** @throws UsageError for an error of the disk */
async function machine<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const explained = explainSystemError(error);
    throw explained === undefined ? error : new UsageError([explained]);
  }
}
