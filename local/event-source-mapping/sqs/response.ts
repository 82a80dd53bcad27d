import type { SQSRecord } from "aws-lambda";
import type { InvocationResult } from "../../lambda/instance";
import { failedItems } from "../response";

/**
 * Returns the messages of a batch that were processed, which Lambda deletes; none when the whole batch failed. An item
 * identifier that is empty, or not of this batch, fails the whole batch.
 *
 * Source: Lambda Developer Guide "Handling errors for an SQS event source in Lambda", success and failure conditions.
 */
export function processedMessages(
  result: InvocationResult,
  messages: readonly SQSRecord[],
  reportBatchItemFailures: boolean,
): readonly SQSRecord[] {
  const failed = failedItems(result, reportBatchItemFailures);
  const ids = new Set<unknown>(messages.map(({ messageId }) => messageId));
  if (!failed?.every((identifier) => ids.has(identifier))) return [];
  const returned = new Set(failed);
  return messages.filter(({ messageId }) => !returned.has(messageId));
}
