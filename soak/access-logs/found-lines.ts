import { gunzipSync } from "node:zlib";
import type { S3Client } from "@aws-sdk/client-s3";
import type { ArchiveLocation } from "../../local/delivery/archive";
import type { SearchLocation } from "../../local/delivery/search";
import { documentsIn, objects } from "../audit/found";
import { type LoggedObject, objectName } from "./object-ledger";

/** A line by its id, with its text. */
export interface FoundLine {
  readonly id: string;
  readonly text: string;
}

/** What index and quarantine hold in the end, read past the function. */
export interface FoundLines {
  /** The line of every document; duplicates included. */
  readonly documents: readonly FoundLine[];
  /** Every line below `access-logs/rejected/` that the index has rejected. */
  readonly rejected: readonly FoundLine[];
  /** The ids of those that are too long. */
  readonly tooLong: readonly string[];
  /** Names of the objects below `access-logs/unreadable/` that have a reason. */
  readonly unreadable: readonly string[];
}

interface Document {
  readonly message?: string;
  readonly event?: { readonly original?: string };
}

interface QuarantinedLine extends LoggedObject {
  readonly line: number;
  /** @default the line is too long to be there */
  readonly message?: string;
  readonly rejection: string;
}

interface UnreadableObject extends LoggedObject {
  readonly reason: string;
}

/** Reads all of it, past the function and its proxies. @throws Error when an index or object cannot be read */
export async function findLines(
  search: SearchLocation,
  quarantine: ArchiveLocation,
  s3: S3Client,
): Promise<FoundLines> {
  const documents: FoundLine[] = [];
  for await (const { _id, _source } of documentsIn<Document>(search, ["message", "event.original"])) {
    documents.push({ id: _id, text: _source.event?.original ?? _source.message ?? "" });
  }
  const rejected: FoundLine[] = [];
  const tooLong: string[] = [];
  for await (const one of entries<QuarantinedLine>(s3, quarantine, "access-logs/rejected/")) {
    const id = `${one.line}.${objectName(one)}`;
    if (one.message === undefined) tooLong.push(id);
    else if (one.rejection) rejected.push({ id, text: one.message });
  }
  const unreadable: string[] = [];
  for await (const one of entries<UnreadableObject>(s3, quarantine, "access-logs/unreadable/")) {
    if (one.reason) unreadable.push(objectName(one));
  }
  return { documents, rejected, tooLong, unreadable };
}

/** The JSON of each line of the objects. */
async function* entries<Entry>(s3: S3Client, location: ArchiveLocation, prefix: string): AsyncGenerator<Entry> {
  for await (const { body } of objects(s3, location, prefix)) {
    const text = (body[0] === 0x1f ? gunzipSync(body) : body).toString().trimEnd();
    for (const line of text.split("\n")) yield JSON.parse(line) as Entry;
  }
}
