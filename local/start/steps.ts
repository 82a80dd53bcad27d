import type { ListrTask, ListrTaskWrapper } from "listr2";
import type { ApplyProgress } from "../terraform/apply-output";

// biome-ignore lint/suspicious/noExplicitAny: listr2's own defaults for its renderers
type Wrapper<Context> = ListrTaskWrapper<Context, any, any>;

/** Thrown by a list of steps; its `cause` is shown once, below the list. */
export class StepError extends Error {
  override readonly name = "StepError";
}

/** Aborts when the user stops the run: steps that end because of it have not failed. */
export const shutdown = new AbortController();

/** How far a step is. */
export interface StepProgress {
  /** When it began, in milliseconds since the epoch; undefined of one that waits. */
  begunAtMs?: number;
  /** listr2 calls all failed that run beside one which fails. */
  hasFailed?: true;
  text?: string;
  /** With Terraform: what it applies. */
  resources?: ApplyProgress["resources"];
}

const progressOfSteps = new WeakMap<object, StepProgress>();

/** Returns the progress of a step, which whoever knows more about it updates. @param task listr2's */
export function stepProgress(task: object): StepProgress {
  const known = progressOfSteps.get(task) ?? {};
  progressOfSteps.set(task, known);
  return known;
}

/** What is known of a step before it begins. */
export interface StepDefinition {
  readonly title?: unknown;
}

const stepsOfGroups = new WeakMap<object, readonly StepDefinition[]>();

/** Returns the steps of which a step consists: listr2 knows them only once it begins. @param definition listr2's `ListrTask` */
export const plannedSteps = (definition: object): readonly StepDefinition[] => stepsOfGroups.get(definition) ?? [];

/** How often progress is printed where lines cannot be overwritten, such as in CI. */
const PLAIN_INTERVAL_MS = 5_000;

/**
 * @param name precedes the text where it is not shown below the step's title
 * @returns a function that reports a step's progress: at each call in a terminal, otherwise every few seconds
 */
export function progressReporter<Context>(task: Wrapper<Context>, name: string): (text: string) => void {
  let reportedAt = Number.NEGATIVE_INFINITY;
  return (text) => {
    stepProgress(task.task).text = text;
    if (process.stdout.isTTY) {
      task.output = text;
    } else if (performance.now() - reportedAt >= PLAIN_INTERVAL_MS) {
      reportedAt = performance.now();
      task.output = `${name}: ${text}`;
    }
  };
}

/** Returns a step of the task list; it may change its title, and report progress by `output`. */
export function step<Context>(
  title: string,
  run: (context: Context, task: Wrapper<Context>) => Promise<void>,
): ListrTask<Context> {
  return {
    title,
    task: async (context, task) => {
      begin(task.task);
      try {
        await run(context, task);
      } catch (cause) {
        if (shutdown.signal.aborted) await new Promise(() => {});
        stepProgress(task.task).hasFailed = true;
        throw new StepError("see below", { cause });
      }
    },
  };
}

export function inOrder<Context>(title: string, steps: ListrTask<Context>[]): ListrTask<Context> {
  return group(title, steps, false);
}

export function concurrently<Context>(title: string, steps: ListrTask<Context>[]): ListrTask<Context> {
  return group(title, steps, true);
}

function group<Context>(title: string, steps: ListrTask<Context>[], concurrent: boolean): ListrTask<Context> {
  const definition = {
    title,
    task(_: Context, task: Wrapper<Context>) {
      begin(task.task);
      return task.newListr(steps, { concurrent });
    },
  };
  stepsOfGroups.set(definition, steps);
  return definition;
}

function begin(task: object): void {
  stepProgress(task).begunAtMs = Date.now();
}
