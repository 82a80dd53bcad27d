import type { S3Client } from "@aws-sdk/client-s3";
import { streamPlace } from "../../core/events/archive-place";
import { layoutsOfEnvironment } from "../../core/events/configured-layouts";
import { encodeLogGroup } from "../../core/events/encode-log-group";
import { indexPatterns } from "../../core/events/index-layout";
import { isObject, parsedObject } from "../../core/json/object";
import type { Environment } from "../../core/settings/environment";
import type { ApiClient } from "../../search/client";
import { findLine, writtenSince } from "./objects";
import type { TestEvent } from "./put";

const HOUR_MS = 3_600_000;

/** Where an event of a lane can be. */
export interface EventPlaces {
  readonly s3: Pick<S3Client, "send">;
  readonly engine: ApiClient | undefined;
  readonly environment: Environment;
  /** Of the lane. */
  readonly stream: string;
}

/** Returns the index that has the event; undefined: none has. @throws ApiError */
export async function indexHolding(
  api: ApiClient,
  environment: Environment,
  { logStream }: TestEvent,
): Promise<string | undefined> {
  const patterns = indexPatterns(layoutsOfEnvironment(environment)).join(",");
  const query = new URLSearchParams({
    ...{ q: `aws.cloudwatch.log_stream:"${logStream}"`, size: "1", _source: "false" },
    ...{ ignore_unavailable: "true", allow_no_indices: "true" },
  });
  const { body } = await api.call({ method: "GET", path: `/${encodeURIComponent(patterns)}/_search?${query}` });
  const { hits } = isObject(body) ? body : {};
  const [hit] = isObject(hits) && Array.isArray(hits.hits) ? hits.hits : [];
  return isObject(hit) ? String(hit._index) : undefined;
}

/** The hours in which its record may have come, as keys have them. */
function hoursSince(putMs: number, nowMs: number): string[] {
  const first = Math.floor(putMs / HOUR_MS);
  const count = Math.floor(nowMs / HOUR_MS) - first + 1;
  return Array.from({ length: count }, (_, i) =>
    new Date((first + i) * HOUR_MS).toISOString().slice(0, "YYYY-MM-DDTHH".length).replace(/[-T]/g, "/"),
  );
}

/** Looks for an event in a folder of the archive bucket, each object once. */
export class FolderSearch {
  private readonly read = new Set<string>();

  /** @param folder where objects of a log group are, or of a shared stream */
  constructor(
    private readonly places: EventPlaces,
    private readonly folder: "archive" | "rejected",
  ) {}

  /** @returns undefined: it is in none of the objects */
  async find({ logGroup, logStream, putMs }: TestEvent, nowMs: number) {
    const { s3, environment, stream } = this.places;
    const { ARCHIVE_BUCKET: Bucket, ARCHIVE_PREFIX, ARCHIVE_LAYOUT } = environment;
    const of = ARCHIVE_LAYOUT === "stream" ? streamPlace({ stream }) : encodeLogGroup(logGroup);
    for (const hour of hoursSince(putMs, nowMs)) {
      const Prefix = `${ARCHIVE_PREFIX}${this.folder}/${hour}/${of}/`;
      const objects = await writtenSince(s3, { Bucket, Prefix }, putMs);
      const found = await findLine(s3, Bucket, objects, logStream, this.read);
      if (found) return found;
    }
    return undefined;
  }
}

/** Returns the rejection in a line of `rejected/`. */
export const rejectionIn = (line: string): string => String(parsedObject(line)?.rejection ?? "no reason is given");

/** Returns the key of an object with records of the stream that were dead-lettered, or given up, since the event was put. */
export async function quarantinedSince(
  { s3, environment, stream }: EventPlaces,
  { putMs }: TestEvent,
  nowMs: number,
): Promise<string | undefined> {
  const { ARCHIVE_BUCKET: Bucket, ARCHIVE_PREFIX } = environment;
  const ofHours = hoursSince(putMs, nowMs).map((hour) => `${ARCHIVE_PREFIX}dead-letter/${hour}/${stream}/`);
  for (const Prefix of [...ofHours, "aws/lambda/"]) {
    const [found] = await writtenSince(s3, { Bucket, Prefix }, putMs);
    if (found) return found.key;
  }
  return undefined;
}
