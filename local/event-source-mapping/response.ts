import type { KinesisStreamRecord } from "aws-lambda";
import type { InvocationResult } from "../lambda/instance";

/**
 * Counts the records at the beginning of the batch that were processed; undefined when the whole batch failed.
 *
 * The lowest sequence number in a partial batch response is the checkpoint. An empty response is a success. A malformed one,
 * or an item identifier that is empty or not of this batch, fails the whole batch.
 *
 * Source: Lambda Developer Guide "Configure partial batch response with Kinesis Data Streams and Lambda", success and
 * failure conditions.
 */
export function processedRecords(
  { functionError, payload }: InvocationResult,
  records: readonly KinesisStreamRecord[],
  reportBatchItemFailures: boolean,
): number | undefined {
  if (functionError) return undefined;
  if (!reportBatchItemFailures || payload === null) return records.length;
  if (typeof payload !== "object" || Array.isArray(payload)) return undefined;
  if (Object.keys(payload).length === 0) return records.length;
  const { batchItemFailures } = payload as { batchItemFailures?: unknown };
  if (batchItemFailures === null) return records.length;
  if (!Array.isArray(batchItemFailures)) return undefined;
  const positions = batchItemFailures.map((failure) => position(failure?.itemIdentifier, records));
  if (positions.includes(-1)) return undefined;
  return Math.min(records.length, ...positions);
}

/** Sequence numbers exceed safe integers, so they compare as BigInt. */
function position(identifier: unknown, records: readonly KinesisStreamRecord[]): number {
  if (typeof identifier !== "string" || !/^\d+$/.test(identifier)) return -1;
  const number = BigInt(identifier);
  return records.findIndex(({ kinesis }) => BigInt(kinesis.sequenceNumber) === number);
}
