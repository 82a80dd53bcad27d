import { type Exit, exitOf } from "../../retry/outcome";
import type { ItemResult } from "./bulk-response";
import { BLOCKED, LET_IN, UNBLOCK } from "./request-rules";

/** The result of one event in a `_bulk` response. */
export interface EventResult extends ItemResult {
  /** Whether it was sent as text. */
  isText: boolean;
}

/** Somebody has closed the index. */
const CLOSED = "index_closed_exception";

/** Of two engines and several versions, with one type each; only the texts agree. */
const OPERATORS = /this action would add .* shards? open|no write index is defined for alias/;

/** What becomes of an event by its own result; seen on OpenSearch 2.19, Elasticsearch 7.17 and 8.17. */
export const ITEM_EXITS: readonly Exit<EventResult>[] = [
  {
    when: "200, 201: it is in the index",
    is: ({ status }) => status === 200 || status === 201,
    outcome: "acknowledged",
  },
  {
    when: "409: it was in the index already, since `create` was tried before",
    is: ({ status }) => isAlreadyPresent(status),
    outcome: "acknowledged",
  },
  {
    when: "403 `…_block_exception`: the index is blocked",
    is: ({ status, error }) => status === 403 && BLOCKED.test(error?.type ?? ""),
    outcome: "retried",
    advice: UNBLOCK,
  },
  {
    when: "401, any other 403: no permission for this index",
    is: ({ status }) => status === 401 || status === 403,
    outcome: "given back",
    advice: LET_IN,
  },
  {
    when: "404: there is no such index, and none may be made",
    is: ({ status }) => status === 404,
    outcome: "retried",
    advice: "Let the cluster make indices of this prefix (action.auto_create_index), or make this one.",
  },
  {
    when: "400, the index is closed, one too many for the cluster's shards, or an alias that nothing can be written to",
    is: ({ status, error }) => status === 400 && (error?.type === CLOSED || OPERATORS.test(error?.reason ?? "")),
    outcome: "retried",
    advice: "Open the index, or delete old indices; an alias needs an index that is written to.",
  },
  {
    when: "408, 429, 5xx: too busy, a full disk, a shard that is not there",
    is: ({ status }) => status === 408 || status === 429 || status >= 500,
    outcome: "retried",
  },
  {
    when: "anything else, sent as it is: a mapping conflict, one field too many, a field name or depth that is not allowed",
    is: ({ isText }) => !isText,
    outcome: "as text",
  },
  {
    when: "anything else, sent as text",
    is: () => true,
    outcome: "set aside",
  },
];

/** Exits of results without an error, by status: nearly all are, and the table is not asked for each of them. */
const withoutError = new Map<number, Exit<EventResult>>();

/** What becomes of an event with this result. */
export function itemExit(result: ItemResult, isText: boolean): Exit<EventResult> {
  if (result.error || isText) return exitOf(ITEM_EXITS, { ...result, isText });
  const known = withoutError.get(result.status) ?? exitOf(ITEM_EXITS, { ...result, isText });
  withoutError.set(result.status, known);
  return known;
}

/** On `create`: a document with this id, which is the event's own, was there before. */
export function isAlreadyPresent(status: number): boolean {
  return status === 409;
}

/** What kind of failure an event met: its status and the error's type. Few, so that they can be counted. */
export function failureOf({ status, error }: ItemResult): string {
  return `${status} ${error?.type ?? ""}`.trim();
}

/** What an engine says of a document may repeat the whole of it. */
const MAX_REFUSAL_LENGTH = 1000;

/** A result's error in one line, cut to 1,000 characters. That of a refused document may quote it: not for logs. */
export function refusalOf(result: ItemResult): string {
  const { reason, caused_by } = result.error ?? {};
  const cause = caused_by?.reason ? ` (${caused_by.reason})` : "";
  return `${failureOf(result)}${reason ? `: ${reason}${cause}` : ""}`.slice(0, MAX_REFUSAL_LENGTH);
}
