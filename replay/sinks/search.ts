import { RetryDeadline, type RunDeadline } from "../../archive/deadlines";
import { UndeliveredError, UnfinishedError } from "../../archive/outcome-errors";
import type { SdkBucket } from "../../archive/sdk-bucket";
import type { IndexLayouts } from "../../core/events/index-layout";
import { BatchProgress } from "../../core/pipelines/batch-progress";
import { archiveObjects } from "../../core/pipelines/kinesis-to-archive";
import { RecordProgress } from "../../core/pipelines/record-progress";
import { ENVIRONMENT } from "../../core/settings/environment";
import { broadcast } from "../../core/sinks/broadcast";
import { bulkBatch, eventSources } from "../../core/sinks/opensearch/bulk-batch";
import { type OpenSearchOptions, openSearchSink } from "../../core/sinks/opensearch/opensearch-sink";
import type { DeliveryProgress } from "../../core/sinks/sink";
import type { DecodeSettings } from "../../core/sources/kinesis/record-decoder";
import type { LaneMessages } from "../lane-messages";
import { rejectUndecodable } from "../records";
import { type RuledRecord, ruledRecord } from "../ruled-record";
import type { Protection } from "./protection";
import type { ReplaySink } from "./sink";

/** Maximum wait that a `Retry-After` can ask for, as long as the longest backoff: one beyond the deadline would end the retries at once. */
const RETRY_AFTER_MAX_MS = 20_000;

/** The settings that records are decoded by are those of the forwarder, whose `TIME_FIELD` may be "". */
export interface SearchSinkOptions extends Pick<OpenSearchOptions, "send" | "endpoint">, DecodeSettings {
  indexLayouts: IndexLayouts;
  messages: LaneMessages;
  /** Receives records that were quarantined before they were archived. */
  bucket: Pick<SdkBucket, "put">;
  archivePrefix: string;
  deadline: RunDeadline;
  /** Protects the indices before they are written to; undefined: their lifecycle decides. */
  protection?: Protection | undefined;
}

/**
 * Delivers with the forwarder's own sink the documents that it would write now; records that the forwarder had not archived are
 * archived afterwards.
 */
export function searchSink(options: SearchSinkOptions): ReplaySink {
  return {
    detectsDuplicates: true,
    async deliver(records, progress) {
      const ruled = records.map((record) => ruledRecord(record, options.messages));
      await options.protection?.protect(ruled);
      options.messages.count(ruled, progress);
      rejectUndecodable(records, progress);
      const { undelivered, reason, isCutShort } = await index(ruled, progress, options);
      // A batch is archived when all of it is delivered, so that its object is the same however often it is tried.
      if (undelivered > 0) {
        if (isCutShort) throw new UnfinishedError(`has ${undelivered} events that are not delivered`);
        throw new UndeliveredError(`has ${undelivered} events that could not be delivered: ${reason}`);
      }
      await archive(ruled, options);
    },
  };
}

/** Records that are archived together came through the same stream. */
async function archive(ruled: readonly RuledRecord[], options: SearchSinkOptions): Promise<void> {
  const originals = ruled.flatMap(({ progress }) => (progress instanceof RecordProgress ? progress : []));
  if (originals.length === 0) return;
  const logGroups = originals.flatMap(({ archiveMembers }) => archiveMembers.map(({ logGroup }) => logGroup));
  const settings = { ...options, ...options.messages.ofLane(logGroups, originals[0]!.record.stream) };
  for (const object of archiveObjects(options.archivePrefix, originals, settings)) await options.bucket.put(object);
}

async function index(records: readonly RuledRecord[], progress: DeliveryProgress, options: SearchSinkOptions) {
  const { deadline, endpoint, indexLayouts } = options;
  const retryDeadline = new RetryDeadline(deadline);
  let reason = "";
  const sink = openSearchSink({
    endpoint,
    send: async (request) => {
      const response = await deadline.beforeDeadline(options.send(request));
      const { retryAfterMs } = response;
      return retryAfterMs ? { ...response, retryAfterMs: Math.min(retryAfterMs, RETRY_AFTER_MAX_MS) } : response;
    },
    requestTimeoutMs: 1000 * Number(ENVIRONMENT.REQUEST_TIMEOUT_SECONDS.default),
    bulkMaxBytes: Number(ENVIRONMENT.BULK_MAX_BYTES.default),
    bulkRequests: Number(ENVIRONMENT.BULK_REQUESTS.default),
    retry: {
      remainingMs: () => retryDeadline.remainingMs(),
      sleep: deadline.sleep,
      random: Math.random,
      // The search endpoint may be restarting: the deadline alone ends the retries.
      unreachableTries: Number.POSITIVE_INFINITY,
    },
    observer: {
      packed: () => {},
      sent: () => {},
      sentAsText: () => {},
      failed: (failure) => {
        reason = failure;
      },
    },
    monotonicMs: () => deadline.now(),
  });
  const batch = new BatchProgress(records.map((record) => record.progress));
  const success = () => retryDeadline.succeeded();
  const sources = records.map(({ envelopes, origin, settings }) =>
    eventSources(envelopes, origin, indexLayouts, settings.parsing),
  );
  await sink.deliver(bulkBatch(sources), broadcast(batch, progress, { delivered: success, rejected: success }));
  return { undelivered: batch.pending, reason, isCutShort: retryDeadline.isCutShort };
}
