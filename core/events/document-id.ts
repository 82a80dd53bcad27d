import { createHash } from "node:crypto";

/** The account and the log group of an event. Equal ids of two of them are ids of two events. */
interface Scope {
  owner: string;
  logGroup: string;
}

/**
 * Length of the hash in a document's `_id`: 16 characters of base64url, 96 bits. Who wants to hide an event of another log group has
 * to know its id, and to find a log group's name of the same hash, in 2^96 tries.
 */
const HASH_LENGTH = 16;

/** Does not occur in base64url: the last one in a document's `_id` ends the event's id. */
const SEPARATOR = ".";

/** Source: OpenSearch "Bulk": a document's `_id` must be 512 bytes or less. */
export const MAX_EVENT_ID_BYTES = 512 - SEPARATOR.length - HASH_LENGTH;

/**
 * Returns the `_id` of an event's document: the event's id, and a hash of account and log group.
 *
 * @param id of at most `MAX_EVENT_ID_BYTES`; see `isEventId`
 */
export function documentId(id: string, { owner, logGroup }: Scope): string {
  if (last?.owner !== owner || last.logGroup !== logGroup)
    last = { owner, logGroup, suffix: suffixOf(owner, logGroup) };
  return id + last.suffix;
}

/** What all documents of an object's lines have after the line's number: a new object under the same key has other ids. */
export function objectIdSuffix({ bucket, key, etag }: { bucket: string; key: string; etag: string }): string {
  return SEPARATOR + hashOf(bucket, key, etag);
}

/** The same number of bits of any text. */
export const textHash = (text: string): string => hashOf(text);

/** As JSON, because no other names have the same. */
function hashOf(...names: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(names)).digest("base64url").slice(0, HASH_LENGTH);
}

/** Returns the event's id of which `documentId` made a document's. */
export function eventIdOf(documentId: string): string {
  return documentId.slice(0, documentId.lastIndexOf(SEPARATOR));
}

/** The events of a record share it, and hashing takes longer than writing an event. */
let last: Readonly<Scope & { suffix: string }> | undefined;

function suffixOf(owner: string, logGroup: string): string {
  return SEPARATOR + hashOf(owner, logGroup);
}
