import { setTimeout as sleep } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { Envelope } from "../../core/events/envelope";
import { type ArchiveLocation, archivedEnvelopes, listObjects } from "../../local/delivery/archive";
import type { SearchLocation } from "../../local/delivery/search";
import type { LedgerEvent } from "../record-ledger";
import { eventName, messageName } from "./names";

/** What index and bucket hold in the end, read past the pipeline. */
export interface Found {
  /** The event of every document, by its name; duplicates included. */
  readonly documents: readonly string[];
  /** Number of objects in the archive, besides rejected and dead-lettered ones. */
  readonly archiveObjects: number;
  /** The lines of every archive object. */
  readonly archived: readonly (readonly LedgerEvent[])[];
  /** Every event under `rejected/` that has a rejection, by its name. */
  readonly rejected: readonly string[];
  /** The objects under `dead-letter/` that have a reason, by the shard and sequence number that their keys end with. */
  readonly deadLetters: ReadonlyMap<string, Buffer>;
}

/** Small enough for a small heap. */
const PAGE = 2_000;

/** Of documents with all their fields. */
const WHOLE_PAGE = 200;

const RETRY_MS = 1_000;
const MAX_TRIES = 60;

type RejectedLine = Envelope & { readonly rejection?: string };

/** Reads all of it, past the pipeline and its proxies. @throws Error when an index or object cannot be read */
export async function find(search: SearchLocation, archive: ArchiveLocation, s3: S3Client): Promise<Found> {
  const archived: LedgerEvent[][] = [];
  const keys = [...(await listObjects(s3, archive.bucket, `${archive.prefix}archive/`)).keys()];
  for (const key of keys) {
    for await (const envelope of archivedEnvelopes(s3, archive.bucket, key)) archived.push(ledgerEventsIn(envelope));
  }
  const rejected: string[] = [];
  for await (const { body } of objects(s3, archive, "rejected/")) {
    const lines = gunzipSync(body).toString().trimEnd().split("\n");
    for (const envelope of lines.map((line) => JSON.parse(line) as RejectedLine)) {
      if (envelope.rejection) rejected.push(...ledgerEventsIn(envelope).map(({ id }) => id));
    }
  }
  const deadLetters = new Map<string, Buffer>();
  for await (const { key, body, reason } of objects(s3, archive, "dead-letter/")) {
    if (reason) deadLetters.set(key.slice(key.lastIndexOf("/") + 1), body);
  }
  return { documents: await documentNames(search), archiveObjects: keys.length, archived, rejected, deadLetters };
}

/** The objects whose keys begin with `kind`, below the location's prefix. */
export async function* objects(s3: S3Client, { bucket, prefix }: ArchiveLocation, kind: string) {
  for (const key of (await listObjects(s3, bucket, prefix + kind)).keys()) {
    const { Body, Metadata } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    yield { key, body: Buffer.from(await Body!.transformToByteArray()), reason: Metadata?.reason };
  }
}

export function ledgerEventsIn({ owner, logGroup, logEvents }: Envelope): LedgerEvent[] {
  return logEvents.map(({ id, message }) => ({ id: eventName(owner, logGroup, id), message: messageName(message) }));
}

/** The fields by which a document's event has its name. */
export interface NamingSource {
  readonly cloud: { readonly account: { readonly id: string } };
  readonly aws: { readonly cloudwatch: { readonly log_group: string } };
}

const NAMING_FIELDS = ["cloud.account.id", "aws.cloudwatch.log_group"];

async function documentNames(location: SearchLocation): Promise<string[]> {
  const names: string[] = [];
  for await (const hit of documentsIn<NamingSource>(location, NAMING_FIELDS)) names.push(documentName(hit));
  return names;
}

/** The name of a document's event. */
export function documentName({ _id, _source }: Pick<Hit<NamingSource>, "_id" | "_source">): string {
  // A hash of account and log group follows the event's own id.
  const id = _id.slice(0, _id.lastIndexOf("."));
  return eventName(_source.cloud.account.id, _source.aws.cloudwatch.log_group, id);
}

interface Hit<Source> {
  readonly _index: string;
  readonly _id: string;
  readonly _source: Source;
}

interface ScrollPage<Source> {
  readonly _scroll_id: string;
  readonly hits: { readonly hits: readonly Hit<Source>[] };
}

/** Every document, with some of its fields, or `true`: all. @throws Error for a response that lacks a shard */
export async function* documentsIn<Source>(
  { endpoint, indexPattern }: SearchLocation,
  fields: readonly string[] | true,
): AsyncGenerator<Hit<Source>> {
  await post(`${endpoint}/${indexPattern}/_refresh`, {});
  const query = { size: fields === true ? WHOLE_PAGE : PAGE, _source: fields };
  let page = await post<ScrollPage<Source>>(`${endpoint}/${indexPattern}/_search?scroll=1m`, query);
  while (page.hits.hits.length > 0) {
    yield* page.hits.hits;
    page = await post<ScrollPage<Source>>(`${endpoint}/_search/scroll`, { scroll: "1m", scroll_id: page._scroll_id });
  }
}

/** @throws Error for a response that lacks a shard */
async function post<T>(url: string, body: object): Promise<T> {
  const response = await engineResponse("POST", url, JSON.stringify(body));
  const answer = (await response.json()) as T & { _shards?: { failed: number } };
  if (!response.ok || answer._shards?.failed !== 0) {
    throw new Error(`${url} answered ${response.status}: ${JSON.stringify(answer).slice(0, 500)}`);
  }
  return answer;
}

/** Sends a request until the engine takes it: a small heap is full at times. @param body JSON @returns the last response */
export async function engineResponse(method: string, url: string, body?: string): Promise<Response> {
  const sent = body !== undefined && { headers: { "content-type": "application/json" }, body };
  for (let tries = 1; ; tries++) {
    const response = await fetch(url, { method, ...sent });
    if (response.status !== 429 || tries === MAX_TRIES) return response;
    await response.body?.cancel();
    await sleep(RETRY_MS);
  }
}
