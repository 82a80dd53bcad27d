import { setTimeout as sleep } from "node:timers/promises";
import { retryDelayMs } from "../event-source-mapping/retry-delay";
import { type BulkDocument, type BulkError, bulk } from "./bulk";
import { searchFailedLine } from "./failed-record";
import { rotatedIndex } from "./index-name";
import type { DeliveryRecord } from "./record";
import type { SearchSettings } from "./settings";

/** A record whose document was not indexed, and its line in S3. */
export interface FailedDocument {
  readonly record: DeliveryRecord;
  readonly line: string;
}

interface Waiting {
  readonly record: DeliveryRecord;
  readonly document: BulkDocument;
}

const SEVERAL_LINES: BulkError = {
  errorCode: "400",
  errorMessage: "The document is not one line of JSON, which a bulk request needs.",
  isRetryable: false,
};

/**
 * Indexes a batch. What the engine may take later is sent again until the retry duration ends; what it rejects fails at once.
 *
 * Source: Firehose Developer Guide "Handle data delivery failures"; API reference "AmazonopensearchserviceRetryOptions".
 *
 * @returns the failed documents; none once `signal` is aborted
 */
export async function indexBatch(
  records: readonly DeliveryRecord[],
  settings: SearchSettings,
  endpoint: string,
  signal: AbortSignal,
): Promise<FailedDocument[]> {
  const begin = performance.now();
  const failed: FailedDocument[] = [];
  const fail = ({ record, document }: Waiting, { errorCode, errorMessage }: BulkError, attemptsMade: number) => {
    const [{ data }, { arrivedAt }] = [document, record];
    const line = searchFailedLine(
      { data, arrivedAt, errorCode, errorMessage, attemptsMade, endedAt: Date.now() },
      document,
    );
    failed.push({ record, line });
  };
  let waiting: Waiting[] = [];
  for (const record of records) {
    const one = { record, document: documentOf(record, settings) };
    if (one.document.data.includes("\n")) fail(one, SEVERAL_LINES, 0);
    else waiting.push(one);
  }
  for (let attempt = 1; waiting.length > 0; attempt++) {
    const errors = await bulk(
      endpoint,
      waiting.map(({ document }) => document),
      signal,
    );
    if (signal.aborted) return [];
    const isOver = performance.now() - begin >= settings.retryMs;
    const again: Waiting[] = [];
    for (const [n, error] of errors.entries()) {
      if (!error) continue;
      if (error.isRetryable && !isOver) again.push(waiting[n]!);
      else fail(waiting[n]!, error, attempt);
    }
    waiting = again;
    if (waiting.length > 0) await sleep(retryDelayMs(attempt), undefined, { signal }).catch(() => {});
  }
  return failed;
}

/** A newline at its end is allowed: `_bulk` has one after each document anyway. */
function documentOf({ id, data, arrivedAt }: DeliveryRecord, settings: SearchSettings): BulkDocument {
  const text = data.subarray(0, data.length - (data.at(-1) === 0x0a ? 1 : 0));
  const index = rotatedIndex(settings.index, settings.rotation, arrivedAt);
  return { index, id: settings.withIds ? id : undefined, data: text };
}
