import { type IndexLayouts, isOwnPrefix } from "../events/index-layout";
import { isObject } from "../json/object";

/** Whom an index belongs to by the `_meta` of its mapping, and whether it may be deleted. */
export type IndexClaim =
  | "none"
  /** Another pipeline has made it: two prefixes of which one begins with the other share names. */
  | "another pipeline"
  /** A replay has promised that it stays. */
  | "protected";

/** A time in ISO 8601 that says its zone, or a day in UTC. `Date.parse` also finds dates in "no later than 2020" and "week 7". */
const ISO_TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[-+]\d\d:\d\d))?$/;

/** The member of an index's `_meta` that says until when a replay protects it, in ISO 8601. */
export const PROTECTED_UNTIL = "protected_until";

/**
 * Reads the `_meta` of an index's mapping. One that does not say whose the index is, as without the pipeline's template, claims
 * nothing.
 *
 * @param meta of whatever form
 * @param pipeline its name, and how it names indices
 * @param now in ms since the epoch
 */
export function claimIn(meta: unknown, pipeline: { name: string; layouts: IndexLayouts }, now: number): IndexClaim {
  if (!isObject(meta)) return "none";
  const { pipeline: name = pipeline.name, index_prefix: prefix = pipeline.layouts.current.prefix } = meta;
  if (name !== pipeline.name || !isOwnPrefix(pipeline.layouts, prefix)) return "another pipeline";
  return protectedUntil(meta) > now ? "protected" : "none";
}

/**
 * Returns until when a replay protects an index, in ms since the epoch; -Infinity: none does. A protection that cannot be read
 * holds for ever.
 *
 * @param meta of the index's mapping
 */
export function protectedUntil(meta: Readonly<Record<string, unknown>>): number {
  const until = meta[PROTECTED_UNTIL];
  if (until === undefined) return Number.NEGATIVE_INFINITY;
  const ms = typeof until === "string" && ISO_TIME.test(until) ? Date.parse(until) : Number.NaN;
  return Number.isNaN(ms) ? Number.POSITIVE_INFINITY : ms;
}
