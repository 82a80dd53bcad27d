import { setTimeout as sleep } from "node:timers/promises";
import { type FirehoseClient, PutRecordBatchCommand } from "@aws-sdk/client-firehose";
import type { ApplicationLine } from "./lines";

/** Source: Firehose API reference, "PutRecordBatch". */
const BATCH_RECORDS = 500;

/** Delay before throttled records are put again. */
const RETRY_MS = 500;

/**
 * Puts lines into a delivery stream, and again what is throttled.
 *
 * @param linesPerRecord 1 where Firehose delivers to search: a record becomes a document
 */
export async function putApplicationLines(
  firehose: FirehoseClient,
  deliveryStream: string,
  lines: readonly ApplicationLine[],
  linesPerRecord: number,
): Promise<void> {
  let waiting: Buffer[] = [];
  for (let n = 0; n < lines.length; n += linesPerRecord) {
    const packed = lines.slice(n, n + linesPerRecord);
    waiting.push(Buffer.from(packed.map(({ text }) => `${text}\n`).join("")));
  }
  while (waiting.length > 0) {
    const batch = waiting.slice(0, BATCH_RECORDS);
    const Records = batch.map((Data) => ({ Data }));
    const { RequestResponses = [], FailedPutCount } = await firehose.send(
      new PutRecordBatchCommand({ DeliveryStreamName: deliveryStream, Records }),
    );
    const failed = batch.filter((_, n) => RequestResponses[n]?.ErrorCode !== undefined);
    waiting = [...failed, ...waiting.slice(BATCH_RECORDS)];
    if (FailedPutCount) await sleep(RETRY_MS);
  }
}
