import type { Exit } from "../../retry/outcome";
import type { EngineError, ItemResult } from "./bulk-response";

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

/** What somebody has set on an index or on the cluster, and has to take back. */
export const BLOCKED = /_block_exception$/;

export const UNBLOCK = "Take the block off the index or the cluster; free disk space, if that is its reason.";

export const LET_IN =
  "Allow the sender's role es:ESHttpPost on this domain's _bulk: in the role's policy, in the domain's access " +
  "policy and, with fine-grained access control, by a mapped backend role.";

/** An engine's own 400 names a type; that of a proxy, or of an engine for a path it does not know, does not. */
const isEngineRefusal = ({ status, error }: BulkResponse) => status === 400 && error?.type !== undefined;

/** What becomes of a `_bulk` request that had a complete response. */
export const REQUEST_EXITS: readonly Exit<BulkResponse>[] = [
  {
    when: "200 with a result for each event",
    is: ({ status, results }) => status === 200 && results !== undefined,
    outcome: "by event",
  },
  {
    when: "200 without a result for each event: no JSON, cut off, fewer results",
    is: ({ status }) => status === 200,
    outcome: "retried",
  },
  {
    when: "413, several events; an engine's 400, several events",
    is: (response) => response.events > 1 && (response.status === 413 || isEngineRefusal(response)),
    outcome: "halved",
  },
  {
    when: "an engine's 400, a single event",
    is: (response) => isEngineRefusal(response) && !response.isText,
    outcome: "as text",
  },
  {
    when: "413, a single event; an engine's 400, a single event as text",
    is: (response) => response.status === 413 || isEngineRefusal(response),
    outcome: "set aside",
  },
  {
    when: "403 `…_block_exception`: the cluster is blocked",
    is: ({ status, error }) => status === 403 && BLOCKED.test(error?.type ?? ""),
    outcome: "retried",
    advice: UNBLOCK,
  },
  {
    when: "401, 403: wrong or expired credentials, no permission",
    is: ({ status }) => status === 401 || status === 403,
    outcome: "given back",
    advice: LET_IN,
  },
  {
    when: "408, 429, 5xx: too slow, too busy, out of order",
    is: ({ status }) => status === 408 || status === 429 || status >= 500,
    outcome: "retried",
  },
  {
    when: "anything else: a redirect, 404, 405, 406, a 400 that is not an engine's",
    is: () => true,
    outcome: "given back",
    advice: "Check that SEARCH_ENDPOINT is an OpenSearch or Elasticsearch endpoint.",
  },
];
