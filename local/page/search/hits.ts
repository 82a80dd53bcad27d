import { isObject } from "../../../core/json/object";
import { oneLine } from "../../../tools/text/one-line";
import { clip } from "../../report/terminal";
import type { EventCursor } from "../shared/search-answers";
import type { HitPlace } from "../shared/search-view";
import { rawItems, rawMembers } from "./raw-json";

/** A document that was found. */
export interface RawHit extends HitPlace {
  /** Its fields, as the engine wrote them. */
  readonly source: string;
  /** As `eventSort` sorts; undefined: the search did not. */
  readonly cursor: EventCursor | undefined;
}

export interface EngineResponse {
  readonly hits: readonly RawHit[];
  readonly aggregations: Record<string, unknown>;
  /** Sentences about what may be missing. */
  readonly notes: readonly string[];
}

const MAX_QUOTED = 200;

/** Reads a response to `_search`. @throws Error for anything else */
export function searchResponse(body: string): EngineResponse {
  const members = rawMembers(body);
  const hits = members.get("hits");
  if (hits === undefined) throw new Error(`the response has no hits: ${clip(oneLine(body), MAX_QUOTED)}`);
  const aggregations: unknown = JSON.parse(members.get("aggregations") ?? "{}");
  return {
    hits: rawItems(rawMembers(hits).get("hits") ?? "[]").map(hitOf),
    aggregations: isObject(aggregations) ? aggregations : {},
    notes: notesIn(JSON.parse(members.get("_shards") ?? "{}"), members.get("timed_out") === "true"),
  };
}

function hitOf(json: string): RawHit {
  const hit = rawMembers(json);
  const sort: unknown = JSON.parse(hit.get("sort") ?? "null");
  const [time, index, sequence] = Array.isArray(sort) ? sort : [];
  return {
    index: JSON.parse(hit.get("_index") ?? '""'),
    id: JSON.parse(hit.get("_id") ?? '""'),
    source: hit.get("_source") ?? "{}",
    cursor: sort === null ? undefined : [Number(time), String(index), Number(sequence)],
  };
}

interface Shards {
  readonly total?: number;
  readonly successful?: number;
  readonly failures?: readonly { readonly reason?: { readonly reason?: string } }[];
}

function notesIn({ total = 0, successful = total, failures = [] }: Shards, isTimedOut: boolean): string[] {
  const why = failures[0]?.reason?.reason;
  const reason = why === undefined ? "" : `: ${clip(oneLine(why), MAX_QUOTED)}`;
  return [
    ...(isTimedOut ? ["The search took too long and was ended: choose a shorter period to see all."] : []),
    ...(successful < total ? [`${total - successful} of ${total} shards did not answer${reason}.`] : []),
  ];
}
