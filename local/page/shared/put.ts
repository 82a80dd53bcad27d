/** What the section "Put" shows, as it goes over the wire. */
export interface PutState {
  /** Where lines can be put. */
  readonly targets: readonly PutTarget[];
  /** The newest first. */
  readonly puts: readonly PagePut[];
  /** Why it could not be seen the last time how far the puts are, or not all of it: sentences. */
  readonly problem?: string;
}

/** A log group, or the bucket of access logs. */
export interface PutTarget {
  readonly kind: PutKind;
  readonly name: string;
}

export type PutKind = "log group" | "access logs";

/** What the address of the page, and a request, name a target by. */
export const PUT_PARAMETERS: Readonly<Record<PutKind, string>> = { "log group": "group", "access logs": "bucket" };

/** Lines that were put at once: a file's, or those that were typed. */
export interface PagePut {
  readonly id: number;
  /** The file's; undefined: they were typed. */
  readonly fileName?: string;
  readonly target: PutTarget;
  /** What its documents have in common, and no others; undefined until its lines are checked. */
  readonly mark?: PutMark;
  readonly phase: PutPhase;
  /** Bytes that have come so far, and all; while it is received. */
  readonly received?: { readonly bytes: number; readonly of: number };
  /** Lines that can be put; 0 until they are checked. */
  readonly lines: number;
  /** Since the first of them was put, until the last has arrived. */
  readonly elapsedMs: number;
  /** In the order in which a line passes them; none until its lines are checked. */
  readonly stations: readonly PutStation[];
  /** Lines in quarantine: the index has rejected them, or the function could not read them. */
  readonly rejected: number;
  /** Why, the most frequent reasons first. */
  readonly reasons: readonly PutReason[];
  /** Objects that were added to `dead-letter/` since it began. */
  readonly deadLettered: number;
  /** Counted in the end, each by its id; undefined before. */
  readonly outcome?: { readonly lost: number; readonly duplicated: number };
  /** The first of them, and what became of each. */
  readonly first: readonly PutLine[];
  /** Times of its events in the index, the first one and the one after the last, in milliseconds since the epoch. */
  readonly period?: { readonly from: number; readonly to: number };
  /** Sentences about lines that are left out, and times. */
  readonly notes: readonly string[];
  /** Why not all of it could be put. */
  readonly error?: string;
}

/** `checking`: the index is asked once more for each of them by its id. `over`: the counts are final. */
export type PutPhase = "receiving" | "waiting" | "putting" | "travelling" | "checking" | "over";

/** A field of documents, and its value. */
export interface PutMark {
  readonly field: string;
  readonly value: string;
}

export interface PutReason {
  readonly reason: string;
  readonly lines: number;
}

/**
 * Where a line passes. Of a log group: accepted by CloudWatch Logs, read from the stream, in an invocation of the function, found by a
 * search, in an object of the archive. Of access logs: in an object of the bucket, named by a message of the queue, in an invocation of
 * the function, found by a search.
 */
export const PUT_STATIONS = {
  "log group": ["put", "stream", "function", "index", "archive"],
  "access logs": ["bucket", "queue", "function", "index"],
} as const satisfies Record<PutKind, readonly string[]>;

export type PutStationName = (typeof PUT_STATIONS)[PutKind][number];

export interface PutStation {
  readonly name: PutStationName;
  /** Lines that have arrived. */
  readonly count: number;
  /** When the first and the last of them had, in milliseconds since the put. */
  readonly firstMs?: number;
  readonly lastMs?: number;
}

export interface PutLine {
  /** As it was put, cut to a line of a screen. */
  readonly text: string;
  /** What the index has of it. */
  readonly became?: { readonly level?: string; readonly status?: string; readonly message: string };
  /** Why the index rejects it. */
  readonly rejection?: string;
}

/** Puts that are shown. */
export const MAX_PUTS = 10;

/** Reasons that are shown. */
export const MAX_REASONS = 5;

/** Of a file, or of typed lines, in bytes: the emulator keeps all of it in memory. */
export const MAX_PUT_BYTES = 64 * 1024 * 1024;

/** What to do with a larger one. */
export const LARGER_PUTS =
  "For larger files: npm start -- put --file <file> --log-group <name>, or npm start -- put --access-logs <file>.";

/** How long nothing may arrive until the rest is called lost. */
export const PUT_STALLED_SECONDS = 60;
