import type { KinesisStreamRecord } from "aws-lambda";
import type { InvocationResult } from "../../lambda/instance";
import { failedItems } from "../response";

/**
 * Counts the records at the beginning of the batch that were processed; undefined when the whole batch failed.
 *
 * The lowest sequence number in a partial batch response is the checkpoint. An item identifier that is empty or not of this
 * batch fails the whole batch.
 *
 * Source: Lambda Developer Guide "Configure partial batch response with Kinesis Data Streams and Lambda", success and
 * failure conditions.
 */
export function processedRecords(
  result: InvocationResult,
  records: readonly KinesisStreamRecord[],
  reportBatchItemFailures: boolean,
): number | undefined {
  const positions = failedItems(result, reportBatchItemFailures)?.map((identifier) => position(identifier, records));
  if (!positions || positions.includes(-1)) return undefined;
  return Math.min(records.length, ...positions);
}

/** Sequence numbers exceed safe integers, so they compare as BigInt. */
function position(identifier: unknown, records: readonly KinesisStreamRecord[]): number {
  if (typeof identifier !== "string" || !/^\d+$/.test(identifier)) return -1;
  const number = BigInt(identifier);
  return records.findIndex(({ kinesis }) => BigInt(kinesis.sequenceNumber) === number);
}
