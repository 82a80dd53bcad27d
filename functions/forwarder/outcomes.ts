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

/** The outcome of one item of a `_bulk` response. */
export function itemOutcome({ status, error }: ItemResult): Outcome {
  if (status === 200 || status === 201) return "done";
  // On `create`: a document with this id, which is the event's own, is there already.
  if (status === 409) return "done";
  // A blocked or missing index is mended by its operator; the event must not be set aside for it.
  if (status === 403) return error?.type === "cluster_block_exception" ? "retry" : "stop";
  if (status === 404 || status === 429 || status >= 500) return "retry";
  return "text";
}

/** An item's error in one line. */
export function refusalOf({ status, error }: ItemResult): string {
  const cause = error?.caused_by?.reason;
  const reason = error?.reason ?? "";
  return `${status} ${error?.type ?? "error"}: ${reason}${cause ? ` (${cause})` : ""}`;
}

/** Thrown when delivery cannot go on until somebody acts. `message` says what to do. */
export class DeliveryError extends Error {
  override readonly name = "DeliveryError";
}

/** What to do about a refused request, by its status. */
export function stopped(status: number, endpoint: string, detail: string): DeliveryError {
  const advice =
    status === 401 || status === 403
      ? "Allow the function's role es:ESHttpPost on this domain's _bulk: in the role's policy, in the domain's access " +
        "policy and, with fine-grained access control, by a mapped backend role."
      : "Check that SEARCH_ENDPOINT is an OpenSearch or Elasticsearch endpoint.";
  return new DeliveryError(`${endpoint} answered ${status} to _bulk. ${advice} It said: ${detail.slice(0, 500)}`);
}
