import type { Readable } from "node:stream";
import { GetObjectCommand, HeadObjectCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import { hours } from "../../../archive/hours";
import { DamagedError } from "../../../archive/outcome-errors";
import { streamOfPlace } from "../../../core/events/archive-place";
import { documentId, eventIdOf } from "../../../core/events/document-id";
import { HOUR_MS } from "../../../core/events/durations";
import { encodeLogGroup } from "../../../core/events/encode-log-group";
import { MAX_EVENT_AHEAD_MS } from "../../../core/events/limits";
import { readReceipt } from "../../../core/receipts/object-receipt";
import { oneLine } from "../../../tools/text/one-line";
import { type ArchiveLocation, archivedEnvelopes, isGone } from "../../delivery/archive";
import { unreadReason } from "../../delivery/read-once";
import type { ArchivedAnswer, HoldingObject } from "../shared/search-answers";

/** What is known of an event whose object is looked for. */
export interface SoughtEvent {
  /** Of its document. */
  readonly id: string;
  /** In milliseconds since the epoch. */
  readonly time: number;
  readonly logGroup: string;
}

/** Requests at once. */
const CONCURRENCY = 8;

/** Objects that cannot be read. */
const MAX_NAMED = 3;

interface ListedObject {
  readonly key: string;
  readonly bytes: number;
}

/**
 * Finds the object of the archive that holds an event.
 *
 * It is below an hour in which the event may have arrived: CloudWatch Logs takes events of up to 2 hours ahead. Receipts say which of
 * the objects there may hold it, and only these are read, those of its own log group first.
 *
 * @param now in milliseconds since the epoch
 * @param signal ends the search, with its reason
 */
export async function findHoldingObject(
  s3: S3Client,
  archive: ArchiveLocation,
  event: SoughtEvent,
  now: number,
  signal?: AbortSignal,
): Promise<ArchivedAnswer> {
  const objects = await listed(s3, archive, event, now);
  const own = encodeLogGroup(event.logGroup);
  const ranked = objects.toSorted((a, b) => rank(placeIn(a.key), own) - rank(placeIn(b.key), own));
  const unread: string[] = [];
  for (let at = 0; at < ranked.length; at += CONCURRENCY) {
    signal?.throwIfAborted();
    const some = ranked.slice(at, at + CONCURRENCY);
    const mayHold = await Promise.all(some.map((object) => mayHoldEvent(s3, archive.bucket, object, event)));
    for (const object of some.filter((_, n) => mayHold[n])) {
      const line = await lineOf(s3, archive.bucket, object.key, event).catch((error: unknown) => {
        const uri = oneLine(`s3://${archive.bucket}/${object.key}`);
        unread.push(`${uri} cannot be read: ${unreadReason(error)}.`);
        return undefined;
      });
      if (line !== undefined) return { object: { bucket: archive.bucket, ...object, line } };
    }
  }
  const where = `s3://${archive.bucket}/${archive.prefix}archive/`;
  return {
    object: undefined,
    reason: [
      `None of the ${objects.length} objects of its hours below ${where} holds it (yet): a batch is archived with its acknowledgement.`,
      ...unread.slice(0, MAX_NAMED),
    ].join(" "),
  };
}

/** Opens it as it is in S3. @throws what S3 answers */
export async function openArchived(
  s3: S3Client,
  { bucket, key }: Pick<HoldingObject, "bucket" | "key">,
): Promise<Readable> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return Body as Readable;
}

async function listed(
  s3: S3Client,
  { bucket, prefix }: ArchiveLocation,
  { time }: SoughtEvent,
  now: number,
): Promise<ListedObject[]> {
  const folder = `${prefix}archive/`;
  const [first] = hours(time - MAX_EVENT_AHEAD_MS, time - MAX_EVENT_AHEAD_MS);
  const [last] = hours(now + HOUR_MS, now + HOUR_MS);
  const objects: ListedObject[] = [];
  const pages = paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: folder, StartAfter: folder + first });
  for await (const { Contents = [] } of pages) {
    for (const { Key = "", Size = 0 } of Contents) {
      if (Key > `${folder}${last}`) return objects;
      objects.push({ key: Key, bytes: Size });
    }
  }
  return objects;
}

const placeIn = (key: string): string => key.split("/").at(-2) ?? "";

/** An event of a centralized log group is archived below another name than its document's. */
function rank(place: string, own: string): number {
  if (place === own) return 0;
  return streamOfPlace(place) === undefined ? 2 : 1;
}

/** Whether its receipt says so, or it has none. */
async function mayHoldEvent(
  s3: S3Client,
  Bucket: string,
  { key: Key, bytes }: ListedObject,
  { time, logGroup }: SoughtEvent,
): Promise<boolean> {
  try {
    const { Metadata = {} } = await s3.send(new HeadObjectCommand({ Bucket, Key }));
    const receipt = await readReceipt(Metadata, async (count) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, Range: `bytes=${bytes - count}-` }));
      return Buffer.from(await Body!.transformToByteArray());
    });
    const hour = Math.floor(time / HOUR_MS);
    return !receipt || receipt.rows().some((row) => row.hour === hour && row.logGroup === logGroup && row.events > 0);
  } catch (error) {
    // Compacted since it was listed.
    if (isGone(error) || (error as Error).name === "NotFound") return false;
    // Whoever reads it is told what is wrong.
    return true;
  }
}

/** The number of the line that has it. */
async function lineOf(s3: S3Client, bucket: string, key: string, { id }: SoughtEvent): Promise<number | undefined> {
  const eventId = eventIdOf(id);
  let line = 0;
  try {
    for await (const { owner, logGroup, logEvents } of archivedEnvelopes(s3, bucket, key)) {
      line++;
      if (logEvents.some((event) => event.id === eventId) && documentId(eventId, { owner, logGroup }) === id)
        return line;
    }
  } catch (error) {
    // An object of someone else's, or compacted since it was listed, holds no event of this pipeline.
    if (!isGone(error) && !(error instanceof DamagedError)) throw error;
  }
  return undefined;
}
