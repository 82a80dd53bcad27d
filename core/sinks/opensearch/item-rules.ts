import { classify, type Rule } from "../../retry/rule";
import type { ItemResult } from "./bulk-response";
import { isFixedByOperator } from "./operator-error-rules";
import { BLOCKED, GRANT_ACCESS, isFailure, isOutage, UNBLOCK } from "./request-rules";

/** The result of one event in a `_bulk` response. */
export interface EventResult extends ItemResult, EventForm {}

/** How an event was sent. */
export interface EventForm {
  /** As text, because the index rejected it with its fields. */
  isText: boolean;
  /** Once more with its fields, because another request may have changed the mapping at the same time. */
  isRepeated: boolean;
}

export type ItemOutcome =
  | "acknowledged"
  | "retried"
  | "isolated"
  | "sent once more"
  | "indexed as text"
  | "rejected"
  | "returned to Lambda";

type ItemRule = Rule<EventResult, ItemOutcome>;

/**
 * The whole reason, type `illegal_argument_exception`, when the mapping of an event's new fields does not fit the index's: two
 * requests may have read the same mapping, and both extend it. A value that does not fit a field which was there before
 * gets another error. A writer chooses no more of it than the field's name, in the brackets.
 *
 * Source: `FieldMapper.merge` of OpenSearch 1.3 and 2.19, and of Elasticsearch 7.10, 7.17 and 8.17.
 */
const MERGE_REFUSED = /^mapper \[.+\] cannot be changed from type \[[a-z_]+\] to \[[a-z_]+\]$/s;

const isMergeRefused = ({ status, error }: ItemResult): boolean =>
  status === 400 && error?.type === "illegal_argument_exception" && MERGE_REFUSED.test(error.reason ?? "");

/** Classifies an event by its own result. Seen on OpenSearch 2.19, Elasticsearch 7.17 and 8.17. */
export const ITEM_RULES: readonly ItemRule[] = [
  {
    when: "200, 201: it is in the index",
    applies: ({ status }) => status === 200 || status === 201,
    outcome: "acknowledged",
  },
  {
    when: "409: it was in the index already, by an earlier `create`",
    applies: ({ status }) => isAlreadyPresent(status),
    outcome: "acknowledged",
  },
  {
    when: "403 `…_block_exception`: the index is blocked",
    applies: ({ status, error }) => status === 403 && BLOCKED.test(error?.type ?? ""),
    outcome: "retried",
    advice: UNBLOCK,
  },
  {
    when: "401, any other 403: no permission for this index",
    applies: ({ status }) => status === 401 || status === 403,
    outcome: "returned to Lambda",
    code: "ACCESS_DENIED",
    advice: GRANT_ACCESS,
  },
  {
    when: "404: the index does not exist and may not be created",
    applies: ({ status }) => status === 404,
    outcome: "retried",
    advice: "Let the cluster create indices of this prefix (action.auto_create_index), or create this one.",
  },
  {
    when: "400: the index is closed, the cluster has no shards left, an alias has no write index, or the index names an ingest pipeline that does not exist",
    applies: ({ status, error }) => status === 400 && isFixedByOperator(error ?? {}),
    outcome: "retried",
    advice:
      "Open the index, or delete old indices; give the alias a write index; create the pipeline, or correct index.default_pipeline or index.final_pipeline.",
  },
  {
    when: "408, 503, any 429 but `circuit_breaking_exception`, any 5xx whose type names a shard, a node, the cluster or a disk: overloaded, a full disk, a missing shard",
    applies: isOutage,
    outcome: "retried",
  },
  {
    when: "429 `circuit_breaking_exception`; any other 5xx: `null_pointer_exception`, …",
    applies: isFailure,
    outcome: "isolated",
  },
  {
    when: "400 `mapper […] cannot be changed from type […] to […]`, sent with its fields for the first time: another request gave a new field another type at the same time",
    applies: (result) => isMergeRefused(result) && !result.isText && !result.isRepeated,
    outcome: "sent once more",
  },
  {
    when: "anything else, sent with its fields: a mapping conflict, too many fields, a field name or depth that is not allowed",
    applies: ({ isText }) => !isText,
    outcome: "indexed as text",
  },
  {
    when: "anything else, sent as text",
    applies: () => true,
    outcome: "rejected",
  },
];

/** Cached rules of results without an error, by status: nearly all results are, and searching the table for each takes time. */
const withoutError = new Map<number, ItemRule>();

/** Returns the rule for an event with this result. */
export function classifyItem(result: ItemResult, form: EventForm): ItemRule {
  if (result.error || form.isText) return classify(ITEM_RULES, { ...result, ...form });
  const known = withoutError.get(result.status) ?? classify(ITEM_RULES, { ...result, ...form });
  withoutError.set(result.status, known);
  return known;
}

/** Whether `create` found a document with this id, which is the event's own. */
export function isAlreadyPresent(status: number): boolean {
  return status === 409;
}
