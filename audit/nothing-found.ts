import { listFailure } from "../archive/bucket-errors";
import { hours } from "../archive/hours";
import { StoppedError } from "../archive/outcome-errors";
import { inParallel } from "../core/concurrency/in-parallel";
import { streamOfPlace } from "../core/events/archive-place";
import { HOUR_MS } from "../core/events/durations";
import { encodeLogGroup } from "../core/events/encode-log-group";
import type { CompareIo } from "./comparison";
import { UnseenError } from "./engine/unseen-error";
import type { AuditReport, NothingFound } from "./report";
import type { AuditRange } from "./time-range";

/** Hours whose folders are listed, the latest: a request for each, and two at most. */
const MAX_HOURS = 72;
const CONCURRENT_FOLDERS = 8;

/** All times that a document can have. */
const ALL_TIMES = { fromMs: 0, toMs: Date.UTC(9999, 11) };

/**
 * Adds to the report of an audit that has found nothing what there is instead.
 *
 * @throws StoppedError when the bucket cannot be listed
 */
export async function explainNothing(report: AuditReport, io: CompareIo, nowMs = Date.now()): Promise<void> {
  if (!report.isEmpty || !report.isComplete) return;
  try {
    if (io.args.selection.fromMs >= nowMs) report.nothingFound = { isKnown: false, isFuture: true };
    else if (io.args.accessLogs) {
      report.nothingFound = { isKnown: await hasObjects(io.args.accessLogs.prefix, io), isFuture: false };
    } else report.nothingFound = await besideNothing(io, nowMs);
  } catch (error) {
    throw error instanceof StoppedError ? error : new StoppedError(listFailure(error, io.bucket.name));
  }
}

async function besideNothing(io: CompareIo, nowMs: number): Promise<NothingFound> {
  const { archivePrefix, selection, endpoint } = io.args;
  const { fromMs, toMs, logGroup, account } = selection;
  const range = await placesOf({ fromMs, toMs: Math.min(toMs, nowMs) }, io);
  const places = {
    logGroups: [...range.places].filter((place) => streamOfPlace(place) === undefined).sort(),
    streams: [...range.places].flatMap((place) => streamOfPlace(place) ?? []).sort(),
    hours: range.hours,
  };
  const isKnown = async (): Promise<boolean> => {
    if (logGroup === undefined && account === undefined) return hasObjects(`${archivePrefix}archive/`, io);
    if (await isIndexed({ logGroup, account }, io)) return true;
    if (logGroup === undefined || account !== undefined) return false;
    if (endpoint.messages?.has(logGroup) || range.places.has(encodeLogGroup(logGroup))) return true;
    const latest = await placesOf({ fromMs: nowMs - MAX_HOURS * HOUR_MS, toMs: nowMs }, io);
    return latest.places.has(encodeLogGroup(logGroup));
  };
  return { isKnown: await isKnown(), isFuture: false, places };
}

/** An index of which a part cannot be seen may know it. */
const isIndexed = (of: { logGroup: string | undefined; account: string | undefined }, { index }: CompareIo) =>
  index.hasAny({ ...ALL_TIMES, ...of }).catch((error) => {
    if (error instanceof UnseenError) return true;
    throw error;
  });

async function hasObjects(prefix: string, { bucket }: CompareIo): Promise<boolean> {
  for await (const _ of bucket.list(prefix)) return true;
  return false;
}

/** The log groups and streams whose objects arrived in the latest hours of a range. */
async function placesOf({ fromMs, toMs }: AuditRange, { bucket, args }: CompareIo) {
  const listed = fromMs < toMs ? hours(Math.max(fromMs, toMs - MAX_HOURS * HOUR_MS), toMs - 1) : [];
  const places = new Set<string>();
  await inParallel(CONCURRENT_FOLDERS, listed, async (hour) => {
    const prefix = `${args.archivePrefix}archive/${hour}/`;
    for (const folder of await bucket.folders(prefix)) places.add(folder.slice(prefix.length, -1));
  });
  return { places, hours: listed.length };
}
