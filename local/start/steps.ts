import type { ListrTask, ListrTaskWrapper } from "listr2";

// biome-ignore lint/suspicious/noExplicitAny: listr2's own defaults for its renderers
type Wrapper<Context> = ListrTaskWrapper<Context, any, any>;

/** Thrown by a list of steps; `cause` is what went wrong, to be shown once, below the list. */
export class StepError extends Error {
  override readonly name = "StepError";
}

/** Aborted when the person has stopped the run: steps that end by it have not failed. */
export const interruption = new AbortController();

/** How often progress is told where it is not written over, as in CI. */
const PLAIN_INTERVAL_MS = 5_000;

/**
 * @param name stands before the text where it is not written below the step's title
 * @returns what tells a step's progress: each time in a terminal, else now and then
 */
export function progressReporter<Context>(task: Wrapper<Context>, name: string): (text: string) => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  return (text) => {
    if (process.stdout.isTTY) {
      task.output = text;
    } else if (performance.now() - toldAt >= PLAIN_INTERVAL_MS) {
      toldAt = performance.now();
      task.output = `${name}: ${text}`;
    }
  };
}

/** One line of the list; it may change its title, and tell its progress by `output`. */
export function step<Context>(
  title: string,
  run: (context: Context, task: Wrapper<Context>) => Promise<void>,
): ListrTask<Context> {
  return {
    title,
    task: async (context, task) => {
      try {
        await run(context, task);
      } catch (cause) {
        if (interruption.signal.aborted) await new Promise(() => {});
        throw new StepError("see below", { cause });
      }
    },
  };
}

export function inOrder<Context>(title: string, steps: ListrTask<Context>[]): ListrTask<Context> {
  return { title, task: (_, task) => task.newListr(steps, { concurrent: false }) };
}

export function concurrently<Context>(title: string, steps: ListrTask<Context>[]): ListrTask<Context> {
  return { title, task: (_, task) => task.newListr(steps, { concurrent: true }) };
}
