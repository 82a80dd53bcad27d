import type { FaultsState } from "./faults";
import type { PutState } from "./put";

/** What the page shows of a pipeline, as it goes over the wire. */
export interface PageState {
  /** When it was so, in seconds since the epoch. */
  readonly at: number;
  readonly phase: PipelinePhase;
  /** Why the start has failed, and what to do. */
  readonly failure?: string;
  readonly steps: readonly PageStep[];
  readonly services: readonly PageService[];
  /** Summary line of the plan in a real account; undefined until it is made. */
  readonly plan?: string;
  readonly lanes: readonly PageLane[];
  readonly cost?: MonthlyCost;
  /** Undefined until the pipeline delivers, as are the faults. */
  readonly put?: PutState;
  readonly faults?: FaultsState;
  /** Entries in quarantine; undefined until they were looked for. */
  readonly quarantined?: number;
}

/** Nothing comes after the last two: the process ends. */
export type PipelinePhase = "starting" | "running" | "failed" | "stopped";

/** Whether it is a pipeline's last phase. */
export const isOver = (phase: PipelinePhase): boolean => phase === "failed" || phase === "stopped";

/** Interrupted: the pipeline ended before it was done. */
export type StepStatus = "waiting" | "running" | "done" | "failed" | "interrupted";

/** A step of the start. */
export interface PageStep {
  readonly title: string;
  readonly status: StepStatus;
  /** How far it is, such as `12 of 25 resources`. */
  readonly output?: string;
  /** Of a step that runs: when it began, in seconds since the epoch. */
  readonly since?: number;
  /** How long it took. */
  readonly seconds?: number;
  /** What Terraform applies in this step, in the order in which it began. */
  readonly resources?: readonly PageResource[];
  readonly children?: readonly PageStep[];
}

export interface PageResource {
  /** Terraform's, such as `aws_kinesis_stream.this["foo"]`. */
  readonly address: string;
  readonly status: ResourceStatus;
}

export type ResourceStatus = "planned" | "applying" | "applied" | "failed";

export interface PageService {
  readonly name: string;
  readonly url: string;
  readonly status: ServiceStatus;
}

/** Ended: with the pipeline, which had started it. */
export type ServiceStatus = "awaited" | "up" | "ended";

/** A stream or queue and the function that its event source mapping invokes, or a delivery stream of Firehose. */
export interface PageLane {
  /** ARN of the stream, queue or delivery stream. */
  readonly id: string;
  readonly kind: LaneKind;
  readonly title: string;
  readonly sources: readonly LaneNode[];
  readonly stream: LaneNode;
  /** Undefined until Terraform has applied it; a delivery stream may have none. */
  readonly function?: LaneNode;
  readonly destinations: readonly LaneNode[];
  /** Whether it delivers what comes: all of it is applied. */
  readonly isAlive: boolean;
  readonly counts: LaneCounts;
  /** Events that become searchable, or come into S3, in the last ten seconds. */
  readonly eventsPerSecond: number;
  /** From where the lane begins until an event is searchable, or in S3: of samples of the last five minutes. */
  readonly lagMs?: { readonly p50: number; readonly p95: number };
  /** Undefined: no audit covers such a lane. */
  readonly audit?: LaneAudit;
  /** Of the last batch, within the last minute. */
  readonly iteratorAgeMs?: number;
  readonly history: LaneHistory;
}

export type LaneKind = "log groups" | "application" | "access logs" | "Firehose";

export interface LaneNode {
  readonly kind: "log group" | "stream" | "queue" | "delivery stream" | "function" | "index" | "archive" | "bucket";
  readonly name: string;
  /** Terraform's, where it has applied it. */
  readonly address?: string;
}

/** In events, or as the name says. Undefined: not known, or not yet. */
export interface LaneCounts {
  readonly put?: number;
  readonly indexed?: number;
  readonly archived?: number;
  /** Events that failed with a retryable error, counted once for each failure. */
  readonly retried: number;
  /** Records or messages that were returned, to be delivered again. */
  readonly returned: number;
  readonly rejected: number;
  /** Records. */
  readonly deadLettered: number;
}

/** What the audit of the archive against the index says of a lane. */
export interface LaneAudit {
  readonly isRunning: boolean;
  /** When the last one began that has ended, in milliseconds since the epoch; undefined: none has yet. */
  readonly atMs?: number;
  /** What it has counted; undefined: not all could be compared. */
  readonly found?: AuditFound | undefined;
  /** The first ones. */
  readonly findings: readonly AuditFinding[];
  /** Why not all could be compared. */
  readonly error?: string | undefined;
  /** What does the same in a terminal. */
  readonly command?: string;
}

/** In documents. */
export interface AuditFound {
  /** Events in the archive that are not in the index. */
  readonly lost: number;
  /** Copies in another index than their own. */
  readonly duplicated: number;
  /** Documents without an event in the archive. */
  readonly extra: number;
  /** Documents that are not what the archive says. */
  readonly altered: number;
}

export interface AuditFinding {
  readonly kind: "missing" | "duplicate" | "extra" | "altered";
  readonly index: string;
  readonly id: string;
}

/** By seconds since the epoch, those of the last five minutes in which something has come. */
export type LaneHistory = Readonly<Record<number, LanePoint>>;

/** Events that became searchable in a second, and where a sample of them was found its lag in milliseconds. */
export type LanePoint = readonly [perSecond: number, lagMs?: number];

/** What the pipeline would cost a month if what it was sent in a time went on. */
export interface MonthlyCost {
  readonly usd: number;
  /** What of it does not depend on the rate. */
  readonly fixedUsd: number;
  /** What of it each lane causes, by the address of its stream. */
  readonly lanes: Readonly<Record<string, LaneCost>>;
  readonly assumption: string;
}

export interface LaneCost {
  readonly usd: number;
  readonly fixedUsd: number;
}

/** The name of the event that has a whole `PageState`, of those with patches of it, and of those that only say that the server lives. */
export const STATE_EVENT = "state";
export const PATCH_EVENT = "patch";
export const HEARTBEAT_EVENT = "heartbeat";

/** How often the last one comes, whatever else does, in milliseconds; proxies and browsers end connections on which nothing comes. */
export const HEARTBEAT_MS = 5_000;

/** Maximum number of pages that are open at once; a further one gets the status 503. */
export const MAX_OPEN_PAGES = 32;
