import type { PageStep, StepStatus } from "../../shared/page-state";
import { seconds } from "../ui/format";
import { Status, type StatusKind } from "../ui/status";
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
        <Status kind={KINDS[status]}>
          <span class={status === "waiting" ? "quiet wrap" : "wrap"}>{title}</span>
          <span class="hidden">, {status}</span>
        </Status>
        <span class="quiet number">{step.seconds === undefined ? output : seconds(step.seconds)}</span>
      </div>
      {resources.length > 0 && <ResourceList resources={resources} isOpen={status === "running"} />}
      {children.length > 0 && <StepList steps={children} />}
    </li>
  );
}
