import type { ComparedContent } from "./compare";

/** Something that set-up keeps on an engine or in Dashboards: a role, a template, saved objects. */
export interface SetupItem {
  /** As the report names it, such as `role logging-pipeline-writer`. */
  readonly title: string;
  /**
   * Returns what there is now, beside what there should be; undefined: there is nothing.
   *
   * @throws ApiError
   * @throws ForeignError when it is another owner's, which stays as it is
   */
  read(): Promise<ComparedContent | undefined>;
  /** What there should be, for the diff of what is missing. */
  readonly desired: unknown;
  /** Creates it, or changes what `read` has found. @throws ApiError */
  write(): Promise<void>;
}

/** A part of set-up. The parts are independent: one that fails does not stop the others. */
export interface SetupPart {
  readonly title: string;
  /**
   * Returns its items in the order in which they are written.
   *
   * @throws UnavailableError when there is nothing to set up here
   * @throws UnmetError
   * @throws ApiError
   */
  items(): Promise<readonly SetupItem[]>;
  /** Returns what an operator should know but set-up does not change, one text for each. @default nothing */
  warnings?(): Promise<readonly string[]>;
}

/** Thrown when the engine lacks what a part needs, or nobody has asked for it. Its message says so, and what to do. */
export class UnavailableError extends Error {
  override readonly name = "UnavailableError";
}

/** Thrown when the engine lacks what the pipeline's settings ask for. Its message says so, and what to do. */
export class UnmetError extends Error {
  override readonly name = "UnmetError";
}

/** Thrown for what is another owner's. Its message says by what, and what to do. */
export class ForeignError extends Error {
  override readonly name = "ForeignError";
}
