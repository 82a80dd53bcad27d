import type { SearchPeriod } from "./search-times";
import type { HitPlace } from "./search-view";

/**
 * Where a list of events goes on: its last event's time in milliseconds since the epoch, index, and sequence number in the shard. Only
 * events of several shards of one index share one.
 */
export type EventCursor = readonly [time: number, index: string, sequence: number];

/** An event in a list. */
export interface EventRow extends HitPlace {
  readonly cursor: EventCursor;
  /** In ISO 8601. */
  readonly time: string;
  /** The log group, or the bucket of an access log. */
  readonly group: string;
  /** The log stream, or the object of an access log. */
  readonly stream: string;
  /** By one name, whatever the logger's is; undefined: it has none. */
  readonly level: string | undefined;
  /** What it says, cut to some lines of a screen. */
  readonly message: string;
  /** Of the chosen columns that it has, likewise. */
  readonly columns: Readonly<Record<string, string>>;
}

export interface FacetValue {
  readonly value: string;
  readonly count: number;
}

/** What all events that were found have in common. */
export interface SearchSummary {
  /** Of an answer that is not whole, at least so many. */
  readonly total: number;
  readonly histogram: {
    readonly stepMs: number;
    /** Beginnings of steps, in milliseconds since the epoch. */
    readonly at: readonly number[];
    readonly total: readonly number[];
    /** Of these, errors and worse, and warnings. */
    readonly errors: readonly number[];
    readonly warnings: readonly number[];
  };
  /** How many events each choice would find, the other conditions being the same. */
  readonly groups: readonly FacetValue[];
  readonly levels: readonly FacetValue[];
  readonly statuses: readonly FacetValue[];
}

export interface SearchAnswer {
  readonly period: SearchPeriod;
  /** The latest first. */
  readonly rows: readonly EventRow[];
  /** Where the next page begins; undefined: this is the last one. */
  readonly next: EventCursor | undefined;
  /** Of the first page. */
  readonly summary: SearchSummary | undefined;
  readonly tookMs: number;
  /** False: some of the engine did not answer, and `notes` say what. */
  readonly isWhole: boolean;
  /** Sentences about what was looked for in part only. */
  readonly notes: readonly string[];
  /** Where nothing was found: when the latest event of any time was that the other conditions find, in milliseconds since the epoch. */
  readonly latest: number | undefined;
}

/** A field of an event. */
export interface EventField {
  readonly name: string;
  /** As the event has it; objects and lists as JSON. */
  readonly value: string;
  readonly kind: "text" | "number" | "boolean" | "null" | "list" | "object";
}

export interface OpenedEvent {
  readonly row: EventRow;
  /** In the document's order. */
  readonly fields: readonly EventField[];
  /** The document, as the engine has it. */
  readonly json: string;
}

export interface SurroundingEvents {
  /** All in the order of time. */
  readonly before: readonly EventRow[];
  readonly event: EventRow;
  readonly after: readonly EventRow[];
  readonly hasEarlier: boolean;
  readonly hasLater: boolean;
  /** Sentences about what may be missing. */
  readonly notes: readonly string[];
}

/** The object that holds an event, as S3 has it. */
export interface HoldingObject {
  readonly bucket: string;
  readonly key: string;
  readonly bytes: number | undefined;
  /** The number of the line that has it, from 1 on; undefined: of an access log's object, where the document itself says it. */
  readonly line: number | undefined;
}

export type ArchivedAnswer =
  | { readonly object: HoldingObject }
  /** Why there is none: a sentence. */
  | { readonly object: undefined; readonly reason: string };
