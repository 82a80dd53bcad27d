import { isOver, type PageState, type PageStep } from "../../shared/page-state";

/** Whether a start is done, also of a pipeline that has stopped since. */
export const isStarted = ({ phase, steps }: Pick<PageState, "phase" | "steps">): boolean =>
  phase === "running" || (isOver(phase) && steps.every(({ status }) => status === "done"));

/** Sums up a start: `5 of 14 steps`. Steps that consist of others are counted by those. */
export function startSummary({ steps }: Pick<PageState, "steps">): string {
  const single = steps.flatMap(singleSteps);
  const done = single.filter(({ status }) => status === "done").length;
  return done === single.length ? `all ${done} steps done` : `${done} of ${single.length} steps done`;
}

function singleSteps(step: PageStep): PageStep[] {
  return step.children === undefined ? [step] : step.children.flatMap(singleSteps);
}
