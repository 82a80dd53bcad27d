import type { KinesisStreamBatchResponse, KinesisStreamEvent } from "aws-lambda";
import { archiveObjects } from "./archive";
import { type BatchRecord, batchRecord } from "./batch";
import { type DeliveryIo, deliver } from "./deliver";
import { bulkRequests, type EventSettings, textWriter } from "./events";
import { inParallel } from "./in-parallel";
import { type PutIo, putObject } from "./put-object";

/** How many `_bulk` requests are under way at the same time; each holds up to BULK_MAX_BYTES. */
const BULK_REQUESTS = 2;
const PUT_REQUESTS = 8;

/** The end of an invocation's time: room to report, before Lambda ends the function without a word. */
const REPORT_RESERVE_MS = 500;

/** The part of an invocation's time that is kept for the archive: a quarter, but no more than 30 s. */
const archiveReserveMs = (totalMs: number) => Math.min(30_000, Math.floor(totalMs / 4));

export interface ForwardIo {
  settings: EventSettings & { archivePrefix: string };
  search: Pick<DeliveryIo, "send" | "endpoint" | "requestTimeoutMs">;
  archive: Pick<PutIo, "send" | "bucket" | "pathPrefix" | "requestTimeoutMs">;
  /** Milliseconds until Lambda ends the invocation. */
  remainingMs(): number;
  sleep(ms: number): Promise<void>;
  random(): number;
  /** Takes one structured line for the function's own log. */
  log(line: Record<string, unknown>): void;
}

/**
 * Delivers a batch, archives the prefix of records that are finished, and reports the first that is not.
 *
 * A record is finished when each of its events is indexed or rejected, or when it is set aside whole. Records before
 * the first unfinished one are acknowledged; that one and all behind it come again.
 *
 * @throws DeliveryError, ArchiveError: nothing is acknowledged, the whole batch comes again
 */
export async function forward(event: KinesisStreamEvent, io: ForwardIo): Promise<KinesisStreamBatchResponse> {
  const records = event.Records.map(batchRecord);
  const failures = await deliverEvents(records, io);
  const unfinished = records.findIndex((record) => record.open > 0);
  const acknowledged = unfinished < 0 ? records : records.slice(0, unfinished);
  const objects = archiveObjects(io.settings.archivePrefix, acknowledged, io.settings.recordMaxBytes);
  const put: PutIo = { ...io, ...io.archive, remainingMs: () => io.remainingMs() - REPORT_RESERVE_MS };
  await inParallel(PUT_REQUESTS, objects, (object) => putObject(object, put));
  io.log({
    records: records.length,
    acknowledged: acknowledged.length,
    rejectedEvents: acknowledged.reduce((sum, record) => sum + record.rejections.length, 0),
    deadLetters: acknowledged.filter((record) => record.deadLetter).length,
    archiveBytes: objects.reduce((sum, object) => sum + object.body.length, 0),
    ...(failures.size > 0 && { failures: Object.fromEntries(failures) }),
  });
  const first = records[unfinished];
  return { batchItemFailures: first ? [{ itemIdentifier: first.sequenceNumber }] : [] };
}

/** Returns how often which passing failure was met. */
async function deliverEvents(records: BatchRecord[], io: ForwardIo): Promise<Map<string, number>> {
  const failures = new Map<string, number>();
  const reserve = archiveReserveMs(io.remainingMs());
  const delivery: DeliveryIo = {
    ...io.search,
    remainingMs: () => io.remainingMs() - reserve,
    sleep: io.sleep,
    random: io.random,
    textLines: textWriter(records, io.settings),
    indexed: (item) => {
      records[item.record]!.open--;
    },
    rejected: (item, refusal) => {
      const record = records[item.record]!;
      record.rejections.push({ position: item.position, refusal });
      record.open--;
    },
    failed: (reason) => failures.set(reason, (failures.get(reason) ?? 0) + 1),
  };
  const requests = bulkRequests(records, io.settings, delivery.remainingMs);
  await inParallel(BULK_REQUESTS, requests, (items) => deliver(items, delivery));
  return failures;
}
