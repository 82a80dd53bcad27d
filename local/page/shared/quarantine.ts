/** What the section "Quarantine" shows, as it goes over the wire. */
export interface QuarantineAnswer {
  /** Of those that the pipeline has a place for. */
  readonly kinds: readonly QuarantinedKind[];
  /** Where entries come from, with how many there are of each. */
  readonly origins: readonly { readonly value: string; readonly count: number }[];
  /** Why something may be missing, as sentences. */
  readonly problems: readonly string[];
  /** The last one, or the one that runs. */
  readonly replay?: ReplayRun;
}

export const QUARANTINE_KINDS = ["rejected", "dead-letter", "undelivered", "access-logs", "firehose"] as const;

/** What `npm run replay --kind` calls them, and what Firehose could not deliver, which no replay reads. */
export type QuarantineKind = (typeof QUARANTINE_KINDS)[number];

export interface QuarantinedKind {
  readonly kind: QuarantineKind;
  /** URI of the place. */
  readonly where: string;
  /** In all of the place, whatever is chosen. */
  readonly objects: number;
  readonly bytes: number;
  /** Objects that are not read yet, and those beyond the newest, which are not read at all. */
  readonly unread: number;
  readonly unlisted: number;
  /** Of what is chosen: rejected events, records, parts of batches. */
  readonly entries: number;
  /** Those with the most entries first. */
  readonly reasons: readonly QuarantineReason[];
  /** Further reasons. */
  readonly moreReasons: number;
  /** Another one when something has changed. */
  readonly version: number;
  /** What a replay of all that is chosen takes; undefined: there is nothing, or no replay for it. */
  readonly offer?: ReplayOffer;
}

export interface QuarantineReason {
  readonly id: string;
  /** Of the first entry, without what differs from one to another. */
  readonly text: string;
  /** Whether it is why the page cannot show an object, or the rest of one. */
  readonly isUnreadable: boolean;
  readonly entries: number;
  readonly events: number;
  readonly objects: number;
  /** In milliseconds since the epoch. */
  readonly latest?: number;
  /** Of the events whose ids are known: how many the index has now. Undefined: none is known, or none was looked for yet. */
  readonly indexed?: { readonly found: number; readonly of: number };
}

/** In the form of `--from` and `--to`. */
export interface ReplayOffer {
  readonly from: string;
  readonly to: string;
}

/** A row of a table: an event, a record or, of a batch, what it has of one log group. */
export interface QuarantineRow {
  readonly bucket: string;
  readonly key: string;
  /** Of the object. */
  readonly bytes: number;
  /** Its number in the object, from 1 on. */
  readonly entry: number;
  /** In milliseconds since the epoch; undefined: unknown. */
  readonly at?: number;
  /** A log group; of what has none, a stream, a bucket or a delivery stream. */
  readonly origin: string;
  /** A log stream, or what stands in its place. */
  readonly stream: string;
  readonly reason: string;
  /** The beginning of what was logged. */
  readonly text: string;
  /** How many more characters there are. */
  readonly more: number;
  readonly events: number;
}

export interface QuarantineRows {
  /** The newest objects first. */
  readonly rows: readonly QuarantineRow[];
  /** Where the next page begins; undefined: this is the last one. */
  readonly next?: string;
}

/** The text of one entry. */
export interface QuarantineText {
  readonly text: string;
  readonly more: number;
}

/** A replay that a button has started. */
export interface ReplayRun {
  /** From 1 on. */
  readonly number: number;
  readonly kind: QuarantineKind;
  readonly isDryRun: boolean;
  /** What does the same in a terminal: a command a line. */
  readonly command: string;
  readonly phase: ReplayPhase;
  /** Whether somebody has asked it to end. */
  readonly isCancelled: boolean;
  /** When it is over: undefined if it was killed, or never began. */
  readonly exitCode?: number;
  readonly seconds: number;
  /** The last lines that it has printed. */
  readonly lines: readonly string[];
  /** How many it had printed before them. */
  readonly omitted: number;
}

/** `cancelling`: it was asked to end, and finishes what is in flight. */
export type ReplayPhase = "running" | "cancelling" | "over";

/** What a button asks for. */
export interface ReplayRequest {
  readonly kind: QuarantineKind;
  /** @default all */
  readonly origin?: string;
  readonly from: string;
  readonly to: string;
  readonly isDryRun: boolean;
}
