import type { PageStep, StepStatus } from "../../shared/page-state";
import { secondsText } from "../ui/format";
import { type StatusKind, StatusMark } from "../ui/status";
import { ResourceList } from "./resource-list";

const KINDS: Readonly<Record<StepStatus, StatusKind>> = {
  waiting: "waiting",
  running: "busy",
  done: "good",
  failed: "bad",
};

export function StepList({ steps }: { readonly steps: readonly PageStep[] }) {
  return (
    <ol class="steps">
      {steps.map((step, index) => (
        <Step key={index} step={step} />
      ))}
    </ol>
  );
}

function Step({ step }: { readonly step: PageStep }) {
  const { title, status, output, resources = [], children = [] } = step;
  return (
    <li>
      <div class="step">
        <StatusMark kind={KINDS[status]}>
          <span class={status === "waiting" ? "quiet wrap" : "wrap"}>{title}</span>
          <span class="hidden">, {status}</span>
        </StatusMark>
        <span class="quiet number">{step.seconds === undefined ? output : secondsText(step.seconds)}</span>
      </div>
      {resources.length > 0 && <ResourceList resources={resources} isOpen={status === "running"} />}
      {children.length > 0 && <StepList steps={children} />}
    </li>
  );
}
