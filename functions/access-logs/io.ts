import type { IndexSetup } from "../../core/indices/index-setup";
import type { ACCESS_LOGS_METRICS } from "../../core/metrics/access-logs";
import type { ObjectSettings } from "../../core/pipelines/object-settings";
import type { InvocationReport } from "../../core/report/invocation-report";
import type { InvocationRetryIo, RetryIo } from "../../core/retry/retry";
import type { AccessLogSource } from "../../core/settings/access-log-sources";
import type { PutIo } from "../../core/sinks/archive/put-object";
import type { OpenSearchOptions } from "../../core/sinks/opensearch/opensearch-sink";
import type { OpenSourceObject } from "../../core/sources/s3/object-reader";
import type { SendMessageIo } from "../../core/sqs/send-message";

export type AccessLogsReport = InvocationReport<keyof typeof ACCESS_LOGS_METRICS>;

/** What the function needs, for all its invocations and for one. */
export interface AccessLogsIo extends InvocationRetryIo {
  settings: ObjectSettings & {
    sources: readonly AccessLogSource[];
    quarantinePrefix: string;
    /** Namespace of the metrics in the invocation's line; "": none. */
    metricsNamespace: string;
  };
  search: Omit<OpenSearchOptions, "retry" | "observer" | "monotonicMs">;
  /** Runs before the first write. */
  indexSetup: IndexSetup;
  /** Opens objects until the deadline. `received` is called for each part of their data. */
  reader(io: { retry: RetryIo; received(bytes: number): void; failed(reason: string): void }): OpenSourceObject;
  quarantine: Omit<PutIo, "retry" | "failed">;
  queue: Omit<SendMessageIo, "retry" | "failed">;
  /** Returns what is awaited; undefined: so many milliseconds have passed first. */
  within<T>(ms: number, work: Promise<T>): Promise<T | undefined>;
  /** The time, in milliseconds since the epoch. */
  now(): number;
  /** Milliseconds of a monotonic clock. */
  monotonicMs(): number;
  /** Writes the invocation's line to the function's own log. */
  log(line: Record<string, unknown>): void;
}

/** The same during one invocation. */
export interface InvocationIo extends AccessLogsIo {
  report: AccessLogsReport;
  /** Until when objects are read and delivered. */
  delivery: RetryIo;
  /** Until when objects are put into the quarantine. */
  quarantining: RetryIo;
  /** Until when messages are put on the queue. */
  queueing: RetryIo;
  open: OpenSourceObject;
  /** Calls as many works at a time as `BULK_REQUESTS` says, whatever the number of objects that are delivered. */
  limited<T>(work: () => Promise<T>): Promise<T>;
}
