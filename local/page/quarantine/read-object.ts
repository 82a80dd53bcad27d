import type { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import { DamagedError } from "../../../archive/outcome-errors";
import { isGone } from "../../delivery/archive";
import { LimitError } from "../../delivery/limited-lines";
import { openStored, s3Failure } from "../../delivery/open-stored";
import type { QuarantineKind } from "../shared/quarantine";
import { type QuarantinedEntry, TooLargeError } from "./entry";
import type { QuarantinedContent } from "./limited-content";
import type { QuarantinedObject, QuarantinePlace } from "./place";
import { DEAD_LETTER_SHOWN_BYTES, deadLetterRecord } from "./readers/dead-letter";
import { firehoseFailures } from "./readers/firehose-failures";
import { rejectedEvents } from "./readers/rejected-events";
import { rejectedLogLines } from "./readers/rejected-lines";
import { undeliveredBatch } from "./readers/undelivered-batch";

type EntryReader = (object: QuarantinedContent, place: QuarantinePlace) => AsyncGenerator<QuarantinedEntry>;

const READERS: Readonly<Record<QuarantineKind, EntryReader>> = {
  rejected: rejectedEvents,
  "dead-letter": deadLetterRecord,
  undelivered: undeliveredBatch,
  "access-logs": rejectedLogLines,
  firehose: (object, { deliveryStream }) => firehoseFailures(object, deliveryStream),
};

/** Of an object: 20,000 entries take some 20 MB while they are read. */
const MAX_ENTRIES = 20_000;

/** Characters of an entry in a list, and of one that is opened. */
const SHOWN = 400;
const MAX_OPENED = 1024 * 1024;

/** As engines' reasons. */
const MAX_REASON = 1_000;
const MAX_NAME = 1_100;

/** Some 20 MB of entries take seconds. */
const READ_MS = 20_000;

/** An entry with the beginning of its text. */
export interface ShownEntry extends QuarantinedEntry {
  /** From 1 on. */
  readonly number: number;
  readonly more: number;
}

export interface ReadQuarantined {
  /** Number of the entry whose text is wanted in full, alone. @default all, with the beginnings of their texts */
  readonly opened?: number;
  /** After which what S3 has not given is unreadable. @default 20,000 */
  readonly timeoutMs?: number | undefined;
}

/**
 * Reads an object of the quarantine, whatever it holds: what is not in the form of its place, and what S3 does not give, is an
 * entry that says so.
 *
 * @returns undefined when it is no longer what was listed
 * @throws what S3 answers besides, when one entry is wanted
 */
export async function readQuarantined(
  s3: S3Client,
  place: QuarantinePlace,
  object: QuarantinedObject,
  { opened, timeoutMs = READ_MS }: ReadQuarantined = {},
): Promise<readonly ShownEntry[] | undefined> {
  const entries: ShownEntry[] = [];
  let number = 0;
  const add = (entry: QuarantinedEntry) => {
    number++;
    if (opened !== undefined && opened !== number) return;
    const { text, more } = cut(entry.text, opened === undefined ? SHOWN : MAX_OPENED);
    const [origin, stream, reason] = [
      cut(entry.origin, MAX_NAME),
      cut(entry.stream, MAX_NAME),
      cut(entry.reason, MAX_REASON),
    ];
    entries.push({ ...entry, number, text, more, origin: origin.text, stream: stream.text, reason: reason.text });
  };
  let body: Readable | undefined;
  try {
    const { metadata, chunks } = await open(s3, place, object, timeoutMs);
    body = chunks;
    for await (const entry of READERS[place.kind]({ ...object, metadata, chunks }, place)) {
      if (number === MAX_ENTRIES) throw new TooLargeError(`The rest, beyond ${MAX_ENTRIES} entries, is not shown.`);
      add(entry);
      if (number === opened) return entries;
    }
    if (number === 0) add(unreadable(object, "The object holds nothing."));
  } catch (error) {
    if (isGone(error) || (error as Error).name === "PreconditionFailed") return undefined;
    if (error instanceof TooLargeError) add(unreadable(object, error.message));
    else if (error instanceof LimitError) add(unreadable(object, `The rest is not shown: ${error.message}.`));
    else if (error instanceof DamagedError) add(unreadable(object, `Not written by the pipeline: ${error.message}.`));
    else if (opened !== undefined) throw error;
    else add({ ...unreadable(object, `It cannot be read: ${s3Failure(error)}. It is tried again.`), mayPass: true });
  } finally {
    // Of what was not read to its end, the connection would stay open.
    body?.destroy();
  }
  return entries;
}

function open(
  s3: S3Client,
  { kind, bucket }: QuarantinePlace,
  { key, bytes, eTag }: QuarantinedObject,
  timeoutMs: number,
) {
  const isPart = kind === "dead-letter" && bytes > DEAD_LETTER_SHOWN_BYTES;
  const range = isPart ? { Range: `bytes=0-${DEAD_LETTER_SHOWN_BYTES - 1}` } : {};
  return openStored(s3, { Bucket: bucket, Key: key, IfMatch: eTag, ...range }, timeoutMs);
}

function unreadable({ modified }: QuarantinedObject, reason: string): QuarantinedEntry {
  return {
    ...{ at: modified, origin: "", stream: "", reason, text: "", events: 0, ids: [], isUnreadable: true },
    ...{ from: undefined, to: undefined },
  };
}

/** Copied: a slice would keep the whole text in memory. */
function cut(text: string, length: number): { readonly text: string; readonly more: number } {
  if (text.length <= length) return { text, more: 0 };
  const shown = text.slice(0, length).replace(/[\ud800-\udbff]$/, "");
  return { text: Buffer.from(shown, "utf16le").toString("utf16le"), more: text.length - shown.length };
}
