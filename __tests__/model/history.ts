import type { IndexVariables } from "../../core/events/configured-layouts";
import type { HttpResponse } from "../../core/http/send";
import { ARRIVAL } from "../support/kinesis";
import type { WRAPPERS } from "../support/wrapped";
import type { POISONS } from "./poison";

const HOUR_MS = 3_600_000;

/** Why an index rejects an event. Transient: only the first `times` times that it is sent. */
export type Trouble =
  | { kind: "none" }
  | { kind: "transient"; error: keyof typeof TRANSIENT_ERRORS; times: number }
  /** The mapping rejects the document from its `from`th time on, and accepts it as text. */
  | { kind: "conflict"; from: number }
  /** Another request changes the mapping while the event is sent for the `at`th time; it fits the mapping ever after. */
  | { kind: "race"; at: number }
  /** Permanent: in both forms, by its size, or with the whole request. */
  | { kind: "rejected" | "oversized" | "unreadable" }
  /** Each request fails that has the event with its fields, or in whatever form. */
  | { kind: "toxic"; asTextToo: boolean; end: keyof typeof TOXIC_ENDS };

/** Responses to requests that have a toxic event. */
export const TOXIC_ENDS = {
  "node fails": { status: 500, body: "" },
  "proxy fails": { status: 502, body: "<html>Bad Gateway</html>" },
  "circuit breaks": { status: 429, body: '{"error":{"type":"circuit_breaking_exception"},"status":429}' },
  "half a response": { status: 200, body: '{"items":[{"create":' },
} satisfies Record<string, HttpResponse>;

/** Retryable errors of items: their causes end by themselves, or an operator fixes them. */
export const TRANSIENT_ERRORS = {
  "queue full": { status: 429, error: { type: "rejected_execution_exception" } },
  "shard unavailable": { status: 503, error: { type: "unavailable_shards_exception" } },
  "shard failed": { status: 500, error: { type: "engine_exception" } },
  "index blocked": { status: 403, error: { type: "cluster_block_exception" } },
  "disk full": { status: 429, error: { type: "cluster_block_exception" } },
  "not allowed": { status: 403, error: { type: "security_exception" } },
  "index missing": { status: 404, error: { type: "index_not_found_exception" } },
  "index closed": { status: 400, error: { type: "index_closed_exception" } },
  "shard limit": {
    status: 400,
    error: {
      type: "validation_exception",
      reason:
        "Validation Failed: 1: this action would add [2] total shards, but this cluster currently has [9]/[9] maximum shards open;",
    },
  },
};

/** Words that an event may hold, so that a rejection quotes them: they must not change what becomes of it. */
export const WORDS = ["nothing", ...Object.values(TRANSIENT_ERRORS).map(({ error }) => JSON.stringify(error))];

const DEFAULT_NAMES: IndexVariables = { INDEX_PREFIX: "cwl-", INDEX_NAME: "", INDEX_PERIOD: "day", INDEX_HISTORY: [] };

/**
 * How the forwarder names indices. Changed: at a boundary that events are before and after. Shared: as that of a stream that log groups
 * share, of which one has another index; the archive's objects are the stream's then.
 */
export const INDEX_NAMES = {
  default: DEFAULT_NAMES,
  changed: {
    ...{ INDEX_PREFIX: "logs-", INDEX_NAME: "apps", INDEX_PERIOD: "week" },
    INDEX_HISTORY: [{ until: ARRIVAL - (ARRIVAL % HOUR_MS), prefix: "cwl-", index: "", period: "day" }],
  },
  shared: {
    ...DEFAULT_NAMES,
    INDEX_NAME: "all",
    LOG_GROUPS: [{ names: ["bar", "/aws/lambda/Thumbs"], variables: { INDEX_NAME: "some" } }],
  },
} as const satisfies Record<string, IndexVariables>;

export interface EventSpec {
  form: "text" | "json";
  /** One of WORDS. */
  words: string;
  /** Days before the records' arrival; "none": a time that no document can have. */
  day: 0 | 1 | "none";
  ownId: boolean;
  trouble: Trouble;
}

export type RecordSpec = { shard: number; key: number; gapMs: number } & (
  | { kind: "envelope"; group: number; relay: keyof typeof WRAPPERS | "none"; events: EventSpec[] }
  | { kind: "application"; shape: "object" | "lines" | "gzipped lines"; events: EventSpec[] }
  /** The events of an earlier record, by another subscription filter. */
  | { kind: "again"; of: number }
  | { kind: "control" }
  | { kind: "poison"; how: keyof typeof POISONS }
);

/** What happens to one invocation. */
export type Fate =
  | { kind: "none" }
  /** Rejected before the function runs. */
  | { kind: "throttled" }
  /** The process ends at its `call`th call to the outside; `sent`: that request still arrives. */
  | { kind: "killed"; call: number; sent: boolean }
  | { kind: "stopped"; afterMs: number }
  /** The engine refuses all that the invocation sends, whatever it is. */
  | { kind: "refused" }
  /** At the answer to its `call`th call the process gets no CPU time for `forMs`; if that is too long, Lambda ends it. */
  | { kind: "stalled"; call: number; forMs: number }
  /** The function returns, but Lambda does not hear of it. */
  | { kind: "answer lost" }
  /** As above, and another poller continues, with other batches. */
  | { kind: "poller lost"; batchSize: number };

export interface FaultRun {
  fault: string;
  times: number;
}

/** Everything that happens in one run of the model. */
export interface History {
  parallelizationFactor: number;
  batchSize: number;
  windowSeconds: number;
  bisect: boolean;
  timeoutSeconds: number;
  requestTimeoutMs: number;
  names: keyof typeof INDEX_NAMES;
  bulkMaxBytes: number;
  bulkRequests: number;
  records: RecordSpec[];
  /** What the requests to the search engine, and to S3, meet one after the other. */
  search: FaultRun[];
  storage: FaultRun[];
  invocations: Fate[];
  /** Seeds latencies and jitter. */
  random: number;
}
