import type { PageResource, ResourceStatus } from "../../shared/page-state";
import { type StatusKind, StatusMark } from "../ui/status";

const KINDS: Readonly<Record<ResourceStatus, StatusKind>> = {
  planned: "waiting",
  applying: "busy",
  applied: "good",
  failed: "bad",
};

interface ResourceListProps {
  readonly resources: readonly PageResource[];
  readonly isOpen: boolean;
}

export function ResourceList({ resources, isOpen }: ResourceListProps) {
  const applied = resources.filter(({ status }) => status === "applied").length;
  return (
    <details class="resources" key={String(isOpen)} open={isOpen}>
      <summary class="quiet number">
        {applied} of {resources.length} resources
      </summary>
      <ul>
        {resources.map(({ address, status }) => (
          <li key={address}>
            <StatusMark kind={KINDS[status]}>
              <code class="wrap">{address}</code>
              <span class="hidden">, {status}</span>
            </StatusMark>
          </li>
        ))}
      </ul>
    </details>
  );
}
