import { type StepProgress, stepProgress } from "../../start/steps";
import type { PageStep, StepStatus } from "../shared/page-state";

/** What of listr2's tasks the page shows. */
export interface StartTask {
  readonly title?: string | undefined;
  /** listr2's own word: `WAITING`, `STARTED`, `COMPLETED`, `FAILED`, … */
  readonly state: string;
  readonly subtasks?: readonly StartTask[] | undefined;
  readonly message: { readonly duration?: number };
}

const STATUS: Readonly<Record<string, StepStatus>> = {
  WAITING: "waiting",
  STARTED: "running",
  COMPLETED: "done",
  FAILED: "failed",
};

/** Returns the steps of a start as they are now. */
export function stepTree(tasks: readonly StartTask[]): PageStep[] {
  return tasks.map((task) => pageStep(task, stepProgress(task)));
}

function pageStep(task: StartTask, { text, resources }: StepProgress): PageStep {
  const { title = "", state, subtasks = [], message } = task;
  const status = STATUS[state] ?? "running";
  return {
    title,
    status,
    // Of a step that is done, the title says what came out.
    ...(text !== undefined && status !== "done" && { output: text }),
    ...(message.duration !== undefined && { seconds: message.duration / 1_000 }),
    ...(resources && {
      resources: [...resources].map(([address, resourceStatus]) => ({ address, status: resourceStatus })),
    }),
    ...(subtasks.length > 0 && { children: stepTree(subtasks) }),
  };
}
