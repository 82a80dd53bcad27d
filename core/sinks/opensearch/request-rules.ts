import type { EngineError } from "../../http/engine-error";
import type { Rule } from "../../retry/rule";
import type { ItemResult } from "./bulk-response";

/** A complete response to a `_bulk` request. */
export interface BulkResponse {
  status: number;
  /** One for each event that was sent; undefined when the body does not have them. */
  results?: ItemResult[] | undefined;
  /** The engine's own error, where the body is one. */
  error?: EngineError | undefined;
  /** How many events were sent. */
  events: number;
  /** Whether they were sent as text. */
  isText: boolean;
}

/** The type of a block that somebody has set on an index or on the cluster. */
export const BLOCKED = /_block_exception$/;

export const UNBLOCK = "Remove the block from the index or the cluster; free disk space, if that is its reason.";

export const GRANT_ACCESS =
  "Allow the sender's role es:ESHttpPost on this domain's _bulk: in the role's policy, in the domain's access " +
  "policy and, with fine-grained access control, by a mapped backend role. With search_credentials: correct the secret after " +
  "a 401, and after a 403 let its user or API key create documents and indices.";

/** The 400 of an engine names a type; that of a proxy, or of an engine for an unknown path, does not. */
const isEngineRejection = ({ status, error }: BulkResponse) => status === 400 && error?.type !== undefined;

/**
 * Words of the types of errors that are about a shard, a node, the cluster or its disks, and never about a document. Their
 * statuses are others' too.
 */
const INFRASTRUCTURE =
  /(^|_)(engine|shards?|primary|replica|nodes?|cluster|master|transport|translog|closed|corrupt|corrupted|file|io|i_o|lock|rejected|timeout|cancelled|recovering)(_|$)/;

/** Whether an error says that the engine is overloaded or failing, whatever it was sent. */
export function isOutage({ status, error }: ItemResult): boolean {
  if (status === 429) return error?.type !== "circuit_breaking_exception";
  return status === 408 || status === 503 || (status >= 500 && INFRASTRUCTURE.test(error?.type ?? ""));
}

/** Whether an error may be about a document: the engine has tried to read it, and failed. */
export const isFailure = ({ status }: ItemResult): boolean => status === 408 || status === 429 || status >= 500;

export type RequestOutcome =
  | "per item"
  | "retried"
  | "isolated"
  | "split"
  | "indexed as text"
  | "rejected"
  | "returned to Lambda";

/** Classifies a `_bulk` request by its complete response. */
export const REQUEST_RULES: readonly Rule<BulkResponse, RequestOutcome>[] = [
  {
    when: "200 with a result for each event",
    applies: ({ status, results }) => status === 200 && results !== undefined,
    outcome: "per item",
  },
  {
    when: "200 without a result for each event: no JSON, cut off, fewer results",
    applies: ({ status }) => status === 200,
    outcome: "isolated",
  },
  {
    when: "413, several events; an engine's 400, several events",
    applies: (response) => response.events > 1 && (response.status === 413 || isEngineRejection(response)),
    outcome: "split",
  },
  {
    when: "an engine's 400, a single event",
    applies: (response) => isEngineRejection(response) && !response.isText,
    outcome: "indexed as text",
  },
  {
    when: "413, a single event; an engine's 400, a single event as text",
    applies: (response) => response.status === 413 || isEngineRejection(response),
    outcome: "rejected",
  },
  {
    when: "403 `…_block_exception`: the cluster is blocked",
    applies: ({ status, error }) => status === 403 && BLOCKED.test(error?.type ?? ""),
    outcome: "retried",
    advice: UNBLOCK,
  },
  {
    when: "401, 403: wrong or expired credentials, no permission",
    applies: ({ status }) => status === 401 || status === 403,
    outcome: "returned to Lambda",
    code: "ACCESS_DENIED",
    advice: GRANT_ACCESS,
  },
  {
    when: "408, 503, any 429 but `circuit_breaking_exception`, any 5xx whose type names a shard, a node, the cluster or a disk: too slow, overloaded, failing",
    applies: isOutage,
    outcome: "retried",
  },
  {
    when: "429 `circuit_breaking_exception`; any other 5xx",
    applies: isFailure,
    outcome: "isolated",
  },
  {
    when: "anything else: a redirect, 404, 405, 406, a 400 that is not an engine's",
    applies: () => true,
    outcome: "returned to Lambda",
    code: "UNEXPECTED_RESPONSE",
    advice: "Check that SEARCH_ENDPOINT is an OpenSearch or Elasticsearch endpoint.",
  },
];
