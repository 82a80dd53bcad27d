import type { FaultsState } from "./faults";

/** What the page shows of a pipeline, as it goes over the wire. */
export interface PageState {
  readonly phase: PipelinePhase;
  readonly steps: readonly PageStep[];
  readonly services: readonly PageService[];
  /** Summary line of the plan in a real account; undefined until it is made. */
  readonly plan?: string;
  readonly lanes: readonly PageLane[];
  /** Undefined until the pipeline delivers. */
  readonly faults?: FaultsState;
}

export type PipelinePhase = "starting" | "running" | "failed";

export type StepStatus = "waiting" | "running" | "done" | "failed";

/** A step of the start. */
export interface PageStep {
  readonly title: string;
  readonly status: StepStatus;
  /** How far it is, such as `12 of 25 resources`. */
  readonly output?: string;
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
  readonly isUp: boolean;
}

/** A stream or queue and the function that its event source mapping invokes, or a delivery stream of Firehose. */
export interface PageLane {
  readonly id: string;
  readonly title: string;
}

/** Maximum number of pages that are open at once; a further one gets the status 503. */
export const MAX_OPEN_PAGES = 32;
