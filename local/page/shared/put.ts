/** What the section "Put" shows, as it goes over the wire. */
export interface PutState {
  /** Those that lines can be put into. */
  readonly logGroups: readonly string[];
  /** The newest first. */
  readonly puts: readonly PagePut[];
  /** Why it could not be seen the last time how far the puts are, or not all of it: sentences. */
  readonly problem?: string;
}

/** Lines that were put at once: a file's, or those that were typed. */
export interface PagePut {
  readonly id: number;
  /** The file's; undefined: they were typed. */
  readonly fileName?: string;
  readonly logGroup: string;
  readonly logStream: string;
  readonly phase: PutPhase;
  /** Bytes that have come so far, and all; while it is received. */
  readonly received?: { readonly bytes: number; readonly of: number };
  /** Lines that can be put; 0 until they are checked. */
  readonly lines: number;
  /** Since the first call of PutLogEvents, until the last of them has arrived. */
  readonly elapsedMs: number;
  readonly stations: Readonly<Record<PutStationName, PutStation>>;
  /** Events that the index has rejected: they are in `rejected/`. */
  readonly rejected: number;
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

/** Where a line passes: accepted by CloudWatch Logs, read from the stream, in an invocation of the function, found by a search, in an object of the archive. */
export const PUT_STATIONS = ["put", "stream", "function", "index", "archive"] as const;
export type PutStationName = (typeof PUT_STATIONS)[number];

export interface PutStation {
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

/** Of a file, or of typed lines, in bytes: the emulator keeps all of it in memory. */
export const MAX_PUT_BYTES = 64 * 1024 * 1024;

/** What to do with a larger one. */
export const LARGER_PUTS = "For larger files: npm start -- put --file <file> --log-group <name>.";

/** How long nothing may arrive until the rest is called lost. */
export const PUT_STALLED_SECONDS = 60;
