/** What an object of the quarantine holds: an event, a record or a part of a batch. */
export interface QuarantinedEntry {
  /** In milliseconds since the epoch. */
  readonly at: number | undefined;
  readonly origin: string;
  readonly stream: string;
  readonly reason: string;
  /** What was logged. */
  readonly text: string;
  readonly events: number;
  /** `_id`s of the documents that its events become. */
  readonly ids: readonly string[];
  /** The earliest and the latest of the times that a replay selects by, in milliseconds since the epoch. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** Whether the object, or the rest of it, is not in the form of its place, or more than the page reads. @default false */
  readonly isUnreadable?: true;
  /** Whether that may pass: S3 has not given the object, or the rest of it. @default false */
  readonly mayPass?: true;
}

/** Thrown for an object, or the rest of one, that is more than the page reads; the message is a sentence. */
export class TooLargeError extends Error {
  override readonly name = "TooLargeError";
}

/** Returns a text, or bytes that are none as hexadecimal digits. */
export function shownBytes(bytes: Buffer): string {
  const text = bytes.toString("utf8");
  // What is cut off within a character is text, too.
  return text.slice(0, -1).includes("\ufffd") ? bytes.toString("hex").replace(/..(?=.)/g, "$& ") : text;
}
