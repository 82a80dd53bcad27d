import type { PageStep, StepStatus } from "../../shared/page-state";
import { secondsText, wholeSeconds } from "../ui/format";
import { type StatusKind, StatusMark } from "../ui/status";
import { ResourceList } from "./resource-list";

const KINDS: Readonly<Record<StepStatus, StatusKind>> = {
  waiting: "waiting",
  running: "busy",
  done: "good",
  failed: "bad",
  interrupted: "waiting",
};

interface StepListProps {
  readonly steps: readonly PageStep[];
  /** In seconds since the epoch. */
  readonly now: number;
}

export function StepList({ steps, now }: StepListProps) {
  return (
    <ol class="steps">
      {steps.map((step, index) => (
        <Step key={index} step={step} now={now} />
      ))}
    </ol>
  );
}

function Step({ step, now }: { readonly step: PageStep; readonly now: number }) {
  const { title, status, resources = [], children = [] } = step;
  return (
    <li>
      <div class="step">
        <StatusMark kind={KINDS[status]}>
          <span class={status === "waiting" ? "quiet wrap" : "wrap"}>{title}</span>
          <span class="hidden">, {status}</span>
        </StatusMark>
        <span class="quiet number">{progressOf(step, now)}</span>
      </div>
      {resources.length > 0 && (
        <ResourceList resources={resources} isOpen={status === "running" || status === "failed"} />
      )}
      {children.length > 0 && <StepList steps={children} now={now} />}
    </li>
  );
}

/** How far a step is, and how long it has run: a person sees that it lives. */
function progressOf({ status, output, since, seconds: taken }: PageStep, now: number): string {
  if (taken !== undefined) return secondsText(taken);
  if (status === "interrupted") return status;
  const soFar = since === undefined ? [] : [wholeSeconds(Math.max(0, now - since))];
  return [...(output === undefined ? [] : [output]), ...soFar].join(" · ");
}
