import type { PageState, PageStep } from "../../shared/page-state";

/** Sums up a start: `5 of 14 steps`. Steps that consist of others are counted by those. */
export function startSummary({ steps }: Pick<PageState, "steps">): string {
  const single = steps.flatMap(singleSteps);
  const done = single.filter(({ status }) => status === "done").length;
  return done === single.length ? `all ${done} steps done` : `${done} of ${single.length} steps done`;
}

function singleSteps(step: PageStep): PageStep[] {
  return step.children === undefined ? [step] : step.children.flatMap(singleSteps);
}
