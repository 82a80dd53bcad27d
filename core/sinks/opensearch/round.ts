import type { Failure } from "../../retry/retry";
import type { BulkItem } from "./bulk-request";

/** An item that failed for a reason which may be its content. */
export interface Suspect {
  item: BulkItem;
  reason: string;
}

/** Items that failed in one request, one of which may be the reason. */
export interface Suspects {
  each: readonly Suspect[];
  /** Whether the request failed as a whole; otherwise each item has a result of its own. */
  isTogether: boolean;
}

/** What is left after items were sent once. */
export interface Round {
  /** Failed for a reason that is none of theirs: to be sent again after a wait. */
  pending: BulkItem[];
  suspects: Suspects[];
  /** Why something is left. */
  failure?: Failure;
}

export const nothingLeft = (): Round => ({ pending: [], suspects: [] });

export function merge(a: Round, b: Round): Round {
  const failure = b.failure ?? a.failure;
  const retryAfterMs = Math.max(a.failure?.retryAfterMs ?? 0, b.failure?.retryAfterMs ?? 0);
  return {
    pending: a.pending.concat(b.pending),
    suspects: a.suspects.concat(b.suspects),
    ...(failure && { failure: { ...failure, retryAfterMs } }),
  };
}
