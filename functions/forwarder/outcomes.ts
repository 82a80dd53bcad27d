import type { ItemResult } from "./bulk";

/**
 * What becomes of a request or of an event:
 * - `done`: it is in the index.
 * - `retry`: the failure is passing; it is sent again.
 * - `split`: the request is halved; a single event that is still refused is rejected.
 * - `text`: the index refuses the document; the event is sent again as plain text, and rejected if that is refused too.
 * - `stop`: nothing can be delivered until somebody acts; the batch goes back to Lambda at once.
 */
export type Outcome = "done" | "retry" | "split" | "text" | "stop";

/** The outcome of a whole `_bulk` request by its HTTP status; `done` means: look at each item. */
export function requestOutcome(status: number): Outcome {
  if (status === 200) return "done";
  if (status === 429 || status >= 500) return "retry";
  if (status === 400 || status === 413) return "split";
  return "stop";
}

/** An index that is blocked, or that the cluster may not create: `cluster_block_exception` and its relatives. */
const BLOCKED = /_block_exception$/;

/** Somebody has closed the index. */
const CLOSED = "index_closed_exception";

/** The cluster may not open another index; the error's type differs between engines and versions, its text does not. */
const SHARD_LIMIT = /this action would add .* shards? open/;

/** The outcome of one item of a `_bulk` response. */
export function itemOutcome({ status, error }: ItemResult): Outcome {
  if (status === 200 || status === 201) return "done";
  if (isAlreadyPresent({ status })) return "done";
  // An index that is blocked, closed, missing or one too many is mended by its operator; no event is set aside for it.
  if (status === 403) return BLOCKED.test(error?.type ?? "") ? "retry" : "stop";
  if (status === 400 && (error?.type === CLOSED || SHARD_LIMIT.test(error?.reason ?? ""))) return "retry";
  if (status === 404 || status === 429 || status >= 500) return "retry";
  return "text";
}

/** On `create`: a document with this id, which is the event's own, was there before. */
export function isAlreadyPresent({ status }: ItemResult): boolean {
  return status === 409;
}

/** What kind of failure an item met: its status and the error's type. Few, so that they can be counted. */
export function failureOf({ status, error }: ItemResult): string {
  return `${status} ${error?.type ?? "error"}`;
}

/** What an engine says of a document may repeat the whole of it. */
const MAX_REFUSAL_LENGTH = 1000;

/** An item's error in one line, cut to 1,000 characters. */
export function refusalOf(result: ItemResult): string {
  const { reason = "", caused_by } = result.error ?? {};
  const cause = caused_by?.reason ? ` (${caused_by.reason})` : "";
  return `${failureOf(result)}: ${reason}${cause}`.slice(0, MAX_REFUSAL_LENGTH);
}

/** Thrown when delivery cannot go on until somebody acts. `message` says what to do. */
export class DeliveryError extends Error {
  override readonly name = "DeliveryError";
}

/** What to do about a refused request, by its status. */
export function stopped(status: number, endpoint: string, detail: string): DeliveryError {
  const advice =
    status === 401 || status === 403
      ? "Allow the sender's role es:ESHttpPost on this domain's _bulk: in the role's policy, in the domain's access " +
        "policy and, with fine-grained access control, by a mapped backend role."
      : "Check that SEARCH_ENDPOINT is an OpenSearch or Elasticsearch endpoint.";
  return new DeliveryError(`${endpoint} answered ${status} to _bulk. ${advice} It said: ${detail.slice(0, 500)}`);
}
