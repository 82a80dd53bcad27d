import { inParallel } from "../../core/concurrency/in-parallel";
import { archiveObjects } from "../../core/pipelines/kinesis-to-archive";
import { giveBack } from "../../core/sinks/opensearch/buffer-pool";
import { type DeliveryIo, deliver } from "../../core/sinks/opensearch/deliver";
import { type EventSource, eventSource, sourceLines, textLines } from "../../core/sinks/opensearch/event-lines";
import { type Lines, packed } from "../../core/sinks/opensearch/pack";
import type { Bucket } from "../bucket";
import { decodeSettings } from "../kinds/whole-record";
import { UndeliveredError, UnfinishedError } from "../outcome-errors";
import { type Interruption, Patience } from "../patience";
import { eventCount, type ReplayRecord } from "../records";
import type { Sink, Tally } from "./sink";

/** The forwarder's own default of BULK_MAX_BYTES. */
const BULK_MAX_BYTES = 5 * 1024 * 1024;
const BULK_REQUESTS = 2;
const REQUEST_TIMEOUT_MS = 30_000;

/** A `Retry-After` of more than patience lasts would end it at once. As long as the longest backoff. */
const RETRY_AFTER_MAX_MS = 20_000;

export interface SearchSinkOptions extends Pick<DeliveryIo, "send" | "endpoint"> {
  indexPrefix: string;
  /** Takes what was set aside before it was archived. */
  bucket: Bucket;
  archivePrefix: string;
  /** The forwarder's TIME_FIELD, or "". */
  timeField: string;
  interruption: Interruption;
}

/** Delivers by the forwarder's own code; whole records that it had not archived are archived then. */
export function searchSink(options: SearchSinkOptions): Sink {
  return {
    findsPresent: true,
    async deliver(records, tally) {
      const { undelivered, reason, isCutShort } = await index(records, tally, options);
      // A batch is archived when all of it is delivered, so that its object is the same however often it is tried.
      if (undelivered > 0) {
        if (isCutShort) throw new UnfinishedError(`has ${undelivered} events that are not delivered`);
        throw new UndeliveredError(`has ${undelivered} events that could not be delivered: ${reason}`);
      }
      const originals = records.flatMap(({ original }) => original ?? []);
      for (const object of archiveObjects(options.archivePrefix, originals, decodeSettings(options.timeField))) {
        await options.bucket.put(object);
      }
    },
  };
}

async function index(records: ReplayRecord[], tally: Tally, options: SearchSinkOptions) {
  const sources = records.map(({ envelope, origin }) => envelope && eventSource(envelope, origin, options.indexPrefix));
  let undelivered = records.reduce((sum, record) => sum + eventCount(record), 0);
  let reason = "";
  const patience = new Patience(options.interruption);
  const settled = (outcome: Exclude<keyof Tally, "found">, events = 1) => {
    tally[outcome] += events;
    undelivered -= events;
    patience.succeeded();
  };
  for (const source of sources) if (!source) settled("refused");
  const delivery: DeliveryIo = {
    send: async (request) => {
      const response = await options.interruption.beforeDeadline(options.send(request));
      const { retryAfterMs } = response;
      return retryAfterMs ? { ...response, retryAfterMs: Math.min(retryAfterMs, RETRY_AFTER_MAX_MS) } : response;
    },
    endpoint: options.endpoint,
    requestTimeoutMs: REQUEST_TIMEOUT_MS,
    remainingMs: () => patience.remainingMs(),
    sleep: options.interruption.sleep,
    random: Math.random,
    // The search endpoint may be starting again: patience alone decides.
    unreachableTries: Number.POSITIVE_INFINITY,
    sent: () => {},
    conflicted: () => {},
    textLines: (item, refusal) => textLines(sources[item.record]!, item.position, refusal),
    indexed: ({ count }, alreadyPresent) => settled(alreadyPresent ? "alreadyPresent" : "delivered", count),
    rejected: ({ record, position }, refusal) => {
      records[record]!.original?.rejections.push({ position, refusal });
      settled("refused");
    },
    failed: (failure) => {
      reason = failure;
    },
  };
  await inParallel(BULK_REQUESTS, packed(linesOfEach(sources), BULK_MAX_BYTES), async (request) => {
    await deliver(request, delivery);
    giveBack(request);
  });
  return { undelivered, reason, isCutShort: patience.isCutShort };
}

function* linesOfEach(sources: (EventSource | undefined)[]): Generator<Lines> {
  for (const [record, source] of sources.entries()) if (source) yield* sourceLines(source, record);
}
