import { gunzipSync } from "node:zlib";
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { eventIdOf } from "../../core/events/document-id";
import type { Envelope } from "../../core/events/envelope";
import { type ArchiveLocation, archivedEnvelopes, listObjects } from "../../local/delivery/archive";
import type { SearchLocation } from "../../local/delivery/search";

/** What index and bucket hold in the end, read past the pipeline. */
export interface Found {
  /** The id of the event of every document; duplicates included. */
  readonly documents: readonly string[];
  /** The lines of every archive object. */
  readonly archived: readonly Pick<Envelope, "logEvents">[];
  /** The id of every event under `rejected/` that has a rejection. */
  readonly rejected: readonly string[];
  /** The objects under `dead-letter/` that have a reason, by the shard and sequence number that their keys end with. */
  readonly deadLetters: ReadonlyMap<string, Buffer>;
}

const PAGE = 10_000;

type RejectedLine = Envelope & { readonly rejection?: string };

/** Reads all of it, past the pipeline and its proxies. @throws Error when an index or object cannot be read */
export async function find(search: SearchLocation, archive: ArchiveLocation, s3: S3Client): Promise<Found> {
  const archived: Envelope[] = [];
  for (const key of (await listObjects(s3, archive.bucket, `${archive.prefix}archive/`)).keys()) {
    for await (const envelope of archivedEnvelopes(s3, archive.bucket, key)) archived.push(envelope);
  }
  const rejected: string[] = [];
  for await (const { body } of objects(s3, archive, "rejected/")) {
    const lines = gunzipSync(body).toString().trimEnd().split("\n");
    for (const { rejection, logEvents } of lines.map((line) => JSON.parse(line) as RejectedLine)) {
      if (rejection) rejected.push(...logEvents.map(({ id }) => id));
    }
  }
  const deadLetters = new Map<string, Buffer>();
  for await (const { key, body, reason } of objects(s3, archive, "dead-letter/")) {
    if (reason) deadLetters.set(key.slice(key.lastIndexOf("/") + 1), body);
  }
  return { documents: (await documentIds(search)).map(eventIdOf), archived, rejected, deadLetters };
}

async function* objects(s3: S3Client, { bucket, prefix }: ArchiveLocation, kind: string) {
  for (const key of (await listObjects(s3, bucket, prefix + kind)).keys()) {
    const { Body, Metadata } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    yield { key, body: Buffer.from(await Body!.transformToByteArray()), reason: Metadata?.reason };
  }
}

interface ScrollPage {
  readonly _scroll_id: string;
  readonly hits: { readonly hits: readonly { readonly _id: string }[] };
}

async function documentIds({ endpoint, indexPattern }: SearchLocation): Promise<string[]> {
  const ids: string[] = [];
  await post(`${endpoint}/${indexPattern}/_refresh`, {});
  let page = await post<ScrollPage>(`${endpoint}/${indexPattern}/_search?scroll=1m`, { size: PAGE, _source: false });
  while (page.hits.hits.length > 0) {
    ids.push(...page.hits.hits.map(({ _id }) => _id));
    page = await post<ScrollPage>(`${endpoint}/_search/scroll`, { scroll: "1m", scroll_id: page._scroll_id });
  }
  return ids;
}

/** @throws Error for a response that lacks a shard */
async function post<T>(url: string, body: object): Promise<T> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  const answer = (await response.json()) as T & { _shards?: { failed: number } };
  if (!response.ok || answer._shards?.failed !== 0) {
    throw new Error(`${url} answered ${response.status}: ${JSON.stringify(answer).slice(0, 500)}`);
  }
  return answer;
}
