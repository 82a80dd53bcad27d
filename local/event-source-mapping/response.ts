import type { InvocationResult } from "../lambda/instance";

/**
 * Returns the item identifiers that a partial batch response reports as failed, as they are in it; undefined when the whole
 * batch failed: by an error, or a malformed response. An empty response, and one without failures, is a success.
 *
 * Source: Lambda Developer Guide "Implementing partial batch responses" for SQS, "Configure partial batch response with
 * Kinesis Data Streams and Lambda": the same success and failure conditions.
 */
export function failedItems(
  { functionError, payload }: InvocationResult,
  reportBatchItemFailures: boolean,
): readonly unknown[] | undefined {
  if (functionError) return undefined;
  if (!reportBatchItemFailures || payload === null) return [];
  if (typeof payload !== "object" || Array.isArray(payload)) return undefined;
  if (Object.keys(payload).length === 0) return [];
  const { batchItemFailures } = payload as { batchItemFailures?: unknown };
  if (batchItemFailures === null) return [];
  return Array.isArray(batchItemFailures) ? batchItemFailures.map((failure) => failure?.itemIdentifier) : undefined;
}
