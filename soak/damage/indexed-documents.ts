import { createHash } from "node:crypto";
import type { SearchLocation } from "../../local/delivery/search";
import { documentName, documentsIn, type NamingSource } from "../audit/found";

/** The index and id of a document. */
export interface DocumentPlace {
  readonly index: string;
  readonly id: string;
}

/** A document as it is in the index. */
export interface SoakedDocument extends DocumentPlace {
  /** Its event's: see `eventName`. */
  readonly name: string;
  /** Of its content: equal contents have the same, in whatever order their members are. */
  readonly contentHash: string;
}

/** Returns the text that stands for a document, also where the audit names it. */
export const placeName = ({ index, id }: DocumentPlace): string => `${index}/${id}`;

/** Reads all documents with their contents. @throws Error when not all can be read */
export async function indexedDocuments(search: SearchLocation): Promise<SoakedDocument[]> {
  const documents: SoakedDocument[] = [];
  for await (const hit of documentsIn<NamingSource>(search, true)) {
    const contentHash = createHash("sha1").update(sortedJson(hit._source)).digest("base64");
    documents.push({ index: hit._index, id: hit._id, name: documentName(hit), contentHash });
  }
  return documents;
}

/** JSON with each object's members in the order of their names. */
export function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

/** Names the documents that are no longer there, are others than before, or were not there before. */
export function documentChanges(before: readonly SoakedDocument[], after: readonly SoakedDocument[]): string[] {
  const left = new Map(after.map((document) => [placeName(document), document.contentHash]));
  const changes: string[] = [];
  for (const document of before) {
    const name = placeName(document);
    const now = left.get(name);
    left.delete(name);
    if (now === undefined) changes.push(`${name} is gone`);
    else if (now !== document.contentHash) changes.push(`${name} has another content`);
  }
  return [...changes, ...[...left.keys()].map((name) => `${name} is new`)];
}
