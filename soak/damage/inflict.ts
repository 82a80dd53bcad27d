import { CopyObjectCommand, DeleteObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { ArchiveLocation } from "../../local/delivery/archive";
import type { SearchLocation } from "../../local/delivery/search";
import type { Random } from "../../tools/random";
import { engineResponse } from "../audit/found";
import type { ExpectedFindings } from "./expected-findings";
import type { DocumentPlace, SoakedDocument } from "./indexed-documents";
import type { DamagePlan } from "./plan";

const DAY_MS = 86_400_000;

/** Where the removed object is kept, beside the archive. */
const ASIDE = "aside/";

/** What an altered document has; the time is out of the audited hours. */
const ALTERATIONS: readonly Readonly<Record<string, unknown>>[] = [
  { message: "altered by the soak" },
  { "@timestamp": "2026-01-01T00:00:00.000Z" },
  { aws: { cloudwatch: { log_stream: "altered-by-the-soak" } } },
  { "soak.altered": true },
];

export interface DamagedPlaces {
  readonly search: SearchLocation;
  readonly archive: ArchiveLocation;
  readonly s3: S3Client;
}

/** What audits have to find. */
export interface InflictedDamage {
  /** With `--deep`. */
  readonly deep: ExpectedFindings;
  /** Without it: of what is altered, documents of another time. */
  readonly ofIds: ExpectedFindings;
}

/**
 * Deletes, duplicates and alters `each` documents, and removes an object of the archive. A document that the engine does not take
 * altered, or in another index, is left as it is, for another one.
 *
 * @returns what an audit has to find
 * @throws Error when there are too few documents
 */
export async function inflict(
  plan: DamagePlan,
  each: number,
  random: Random,
  places: DamagedPlaces,
): Promise<InflictedDamage> {
  const candidates = plan.others[Symbol.iterator]();
  const done = async (damage: (document: SoakedDocument) => Promise<DocumentPlace | undefined>) => {
    const damaged: DocumentPlace[] = [];
    for (const document of candidates) {
      const place = await damage(document);
      if (place) damaged.push(place);
      if (damaged.length === each) return damaged;
    }
    throw new Error(`there are too few documents to damage: ${plan.others.length}`);
  };
  const { endpoint, indexPattern } = places.search;
  const missing = await done((document) => deleted(endpoint, document));
  const duplicate = await done((document) => copied(endpoint, document, random.integer(1, 3)));
  const ofOtherTime: DocumentPlace[] = [];
  const altered = await done(async (document) => {
    const alteration = random.pick(ALTERATIONS);
    const place = await changed(endpoint, document, alteration);
    if (place && "@timestamp" in alteration) ofOtherTime.push(place);
    return place;
  });
  await engineResponse("POST", `${endpoint}/${indexPattern}/_refresh`);
  await moveObject(places, plan.object, aside(plan, places));
  const others = { missing, duplicate, extra: plan.ofObject };
  return { deep: { ...others, altered }, ofIds: { ...others, altered: ofOtherTime } };
}

/** Puts the removed object back, with its metadata. */
export function putBack(plan: DamagePlan, places: DamagedPlaces): Promise<void> {
  return moveObject(places, aside(plan, places), plan.object);
}

const aside = ({ object }: DamagePlan, { archive }: DamagedPlaces): string => `${archive.prefix}${ASIDE}${object}`;

async function moveObject({ archive: { bucket }, s3 }: DamagedPlaces, from: string, to: string): Promise<void> {
  const CopySource = `${bucket}/${from.split("/").map(encodeURIComponent).join("/")}`;
  await s3.send(new CopyObjectCommand({ Bucket: bucket, Key: to, CopySource }));
  await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: from }));
}

async function deleted(endpoint: string, { index, id }: DocumentPlace): Promise<DocumentPlace | undefined> {
  const response = await engineResponse("DELETE", documentUrl(endpoint, "_doc", { index, id }));
  return response.ok ? { index, id } : undefined;
}

/** Copies a document, under its id, into the index of another day. */
async function copied(
  endpoint: string,
  { index, id }: DocumentPlace,
  daysBefore: number,
): Promise<DocumentPlace | undefined> {
  const copy = { index: indexBefore(index, daysBefore), id };
  const source = await engineResponse("GET", documentUrl(endpoint, "_source", { index, id }));
  // As text: numbers may be larger than those of JavaScript.
  const response = await engineResponse("PUT", documentUrl(endpoint, "_create", copy), await source.text());
  return response.ok ? copy : undefined;
}

async function changed(endpoint: string, { index, id }: DocumentPlace, doc: object) {
  const response = await engineResponse(
    "POST",
    documentUrl(endpoint, "_update", { index, id }),
    JSON.stringify({ doc }),
  );
  return response.ok && (await resultOf(response)) === "updated" ? { index, id } : undefined;
}

const resultOf = async (response: Response) => ((await response.json()) as { result?: string }).result;

const documentUrl = (endpoint: string, api: string, { index, id }: DocumentPlace): string =>
  `${endpoint}/${encodeURIComponent(index)}/${api}/${encodeURIComponent(id)}`;

/** Returns the name of the index of some days before. @param index ends with its day, `-YYYY.MM.DD` */
export function indexBefore(index: string, days: number): string {
  const at = index.lastIndexOf("-") + 1;
  const ms = Date.parse(`${index.slice(at).replaceAll(".", "-")}T00:00:00Z`) - days * DAY_MS;
  return index.slice(0, at) + new Date(ms).toISOString().slice(0, "YYYY-MM-DD".length).replaceAll("-", ".");
}
