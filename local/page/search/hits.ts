import { hasTooManyValues } from "../../../core/json/object";
import { quotedAnswer } from "../../search-endpoint/engine-request";
import { type EngineSearchAnswer, noSearchAnswer, searchAnswer } from "../../search-endpoint/search-answer";
import type { EventCursor } from "../shared/search-answers";
import type { HitPlace } from "../shared/search-view";
import { EngineSearchError } from "./engine-search";
import { rawItems, rawMembers } from "./raw-json";

/** A document that was found. */
export interface RawHit extends HitPlace {
  /** Its fields, as the engine wrote them. */
  readonly source: string;
  /** As `eventSort` sorts. */
  readonly cursor: EventCursor;
}

/** As engines sort an event without a time: the earliest of their 64 bits. */
const NO_TIME = -(2 ** 63);

export interface EngineResponse {
  readonly hits: readonly RawHit[];
  /** Undefined: nothing was counted, as where there is no index yet. */
  readonly aggregations: Readonly<Record<string, unknown>> | undefined;
  /** Shards that were asked; 0 where there is no index. */
  readonly shards: number;
  /** Sentences about what is missing; of one that is whole, none. */
  readonly missing: readonly string[];
}

/** Reads a response to a sorted `_search`. @throws EngineSearchError for anything else */
export function searchResponse(body: string): EngineResponse {
  if (hasTooManyValues(body)) {
    throw new EngineSearchError("The search engine answered with more than a million values.", "too large");
  }
  const answer = answerIn(body);
  // Numbers keep their digits.
  const hits = rawItems(rawMembers(rawMembers(body).get("hits")!).get("hits")!);
  const { aggregations, shards } = answer;
  return { hits: hits.map(hitOf), aggregations, shards, missing: missingOf(answer) };
}

function answerIn(body: string): EngineSearchAnswer {
  try {
    return searchAnswer(body);
  } catch (error) {
    throw engineError(error as Error);
  }
}

function missingOf({ missing, shardReason }: EngineSearchAnswer): string[] {
  if (missing === undefined) return [];
  const reason = shardReason === undefined ? "" : ` (${quotedAnswer(shardReason)})`;
  const advice = missing.includes("timed out") ? "Choose a shorter period to see all." : "Try again.";
  return [`This is not all: ${missing}${reason}. ${advice}`];
}

function hitOf(json: string): RawHit {
  const hit = rawMembers(json);
  const [index, id, sort] = ["_index", "_id", "sort"].map((name): unknown => JSON.parse(hit.get(name) ?? "null"));
  const source = hit.get("_source");
  if (typeof index !== "string" || typeof id !== "string" || !source?.startsWith("{")) {
    throw noHit(json);
  }
  const [at, of, sequence] = Array.isArray(sort) ? sort : [];
  const time: unknown = at ?? NO_TIME;
  if (typeof time !== "number" || typeof of !== "string" || typeof sequence !== "number") throw noHit(json);
  return { index, id, source, cursor: [time, of, sequence] };
}

const noHit = (json: string): EngineSearchError => engineError(noSearchAnswer("a hit lacks what was asked for", json));

const engineError = ({ message }: Error): EngineSearchError =>
  new EngineSearchError(`The search engine ${message}. Ask it without a proxy in between.`);
