import { plannedSteps, type StepDefinition, type StepProgress, stepProgress } from "../../start/steps";
import type { PageStep, StepStatus } from "../shared/page-state";

/** What of listr2's tasks the page shows. */
export interface StartTask extends StepDefinition {
  /** listr2's own word: `WAITING`, `STARTED`, `COMPLETED`, `FAILED`, … */
  readonly state: string;
  readonly subtasks?: readonly StartTask[] | undefined;
  readonly message: { readonly duration?: number };
  /** What it was made of. */
  readonly task: object;
}

const STATUS: Readonly<Record<string, StepStatus>> = {
  WAITING: "waiting",
  STARTED: "running",
  COMPLETED: "done",
  FAILED: "failed",
};

/** Returns the steps of a start as they are now. @param isOver whether the pipeline has ended, and they with it */
export function stepTree(tasks: readonly StartTask[], isOver = false): PageStep[] {
  return tasks.map((task) => pageStep(task, stepProgress(task), isOver));
}

function pageStep(task: StartTask, progress: StepProgress, isOver: boolean): PageStep {
  const { subtasks = [], message } = task;
  const { begunAtMs = 0, text, resources } = progress;
  const status = statusOf(task, progress, isOver);
  const children = subtasks.length > 0 ? stepTree(subtasks, isOver) : plannedSteps(task.task).map(waitingStep);
  return {
    title: titleOf(task),
    status,
    // Of a step that is done, the title says what came out.
    ...(text !== undefined && status !== "done" && { output: text }),
    ...(status === "running" && { since: Math.floor(begunAtMs / 1_000) }),
    ...(message.duration !== undefined && { seconds: message.duration / 1_000 }),
    ...(resources && {
      resources: [...resources].map(([address, resourceStatus]) => ({ address, status: resourceStatus })),
    }),
    ...(children.length > 0 && { children }),
  };
}

/** Steps that run beside one that fails, and those that consist of others, end with it. */
function statusOf({ state }: StartTask, { hasFailed }: StepProgress, isOver: boolean): StepStatus {
  const status = STATUS[state] ?? "running";
  return (status === "failed" && !hasFailed) || (status === "running" && isOver) ? "interrupted" : status;
}

/** Of a step whose group has not begun. */
function waitingStep(definition: StepDefinition): PageStep {
  const children = plannedSteps(definition).map(waitingStep);
  return { title: titleOf(definition), status: "waiting", ...(children.length > 0 && { children }) };
}

const titleOf = ({ title }: StepDefinition): string => (typeof title === "string" ? title : "");
