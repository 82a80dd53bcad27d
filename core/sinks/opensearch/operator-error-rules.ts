import type { EngineError } from "../../http/engine-error";

/** Error type of an index that somebody has closed. */
const CLOSED = "index_closed_exception";

/** OpenSearch and the API of indices use the first, Elasticsearch's `_bulk` the second. */
const GENERAL_TYPES: readonly unknown[] = ["validation_exception", "illegal_argument_exception"];

/**
 * Whole reasons of errors that an operator can fix, and whose types engines also use for documents. In each, all but
 * numbers and names that only an operator gives is fixed, so no text that a writer wrote can be one of them: engines quote
 * it behind words of their own.
 *
 * Source: `ShardLimitValidator`, `IndexNameExpressionResolver` and `IngestService` of OpenSearch 2.19 and 3.7, which
 * names a pool of shards, and of Elasticsearch 7.17, 8.17 and 8.18, which adds a link.
 */
const REASONS: readonly RegExp[] = [
  /^Validation Failed: 1: this action would add \[\d+\] (total )?([A-Z_]+ )?shards, but this cluster currently has \[\d+\]\/\[\d+\] maximum ([A-Za-z_]+ )?shards open(; for more information, see https:\/\/www\.elastic\.co\/\S+)?;$/,
  /^no write index is defined for alias \[[^\s\]]+\]\.( The write index may be explicitly disabled using is_write_index=false or the alias points to multiple indices without one being designated as a write index)?$/,
  /^pipeline with id \[[^\]]+\] does not exist$/,
];

/** Whether a rejection is about the index or the cluster, and not about the document. */
export function isFixedByOperator({ type, reason }: EngineError): boolean {
  if (type === CLOSED) return true;
  return GENERAL_TYPES.includes(type) && typeof reason === "string" && REASONS.some((whole) => whole.test(reason));
}
