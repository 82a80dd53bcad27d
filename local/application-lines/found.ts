import { gunzipSync } from "node:zlib";
import { GetObjectCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import { isObject, parsedObject } from "../../core/json/object";
import type { ArchiveLocation } from "../delivery/archive";
import { SEARCH_RETRY_POLICY, searchWithRetries } from "../delivery/retrying-search";
import type { FoundDocument, SearchLocation } from "../delivery/search";

/** OpenSearch's index.max_result_window: more are not counted. */
export const MAX_FOUND = 10_000;

/** Returns the `event.id` of each document with this label `run`; of one that is there twice, twice. @throws MachineError */
export async function idsInSearch({ endpoint, indexPattern }: SearchLocation, run: string): Promise<string[]> {
  const url = `${endpoint}/${encodeURIComponent(indexPattern)}/_search`;
  const query = { query: { match: { "labels.run": run } }, size: MAX_FOUND };
  const hits = (await searchWithRetries(url, query, SEARCH_RETRY_POLICY)) as FoundDocument[];
  return hits.flatMap(({ _source }) => idOf(_source) ?? []);
}

/** Returns the `event.id` of each line with this label `run` in the objects; of one that is there twice, twice. */
export async function idsInObjects(s3: S3Client, { bucket, prefix }: ArchiveLocation, run: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix })) {
    for (const { Key } of Contents) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      const bytes = await Body!.transformToByteArray();
      const text = (Key!.endsWith(".gz") ? gunzipSync(bytes) : Buffer.from(bytes)).toString();
      for (const line of text.split("\n")) {
        const object = parsedObject(line);
        if (object && isObject(object.labels) && object.labels.run === run) ids.push(...[idOf(object) ?? []].flat());
      }
    }
  }
  return ids;
}

/** Both forms are ECS: a dotted name, and an object. */
function idOf(fields: Readonly<Record<string, unknown>>): string | undefined {
  const id = fields["event.id"] ?? (isObject(fields.event) ? fields.event.id : undefined);
  return typeof id === "string" ? id : undefined;
}
