import type { PageService, ServiceStatus } from "../../shared/page-state";
import { type StatusKind, StatusMark } from "../ui/status";

const STATUS: Readonly<Record<ServiceStatus, { readonly kind: StatusKind; readonly text: string }>> = {
  awaited: { kind: "waiting", text: "not yet" },
  up: { kind: "good", text: "answers" },
  ended: { kind: "waiting", text: "has ended" },
};

/** Services as rows of a description list. */
export function ServiceList({ services }: { readonly services: readonly PageService[] }) {
  return (
    <>
      {services.map(({ name, url, status }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <StatusMark kind={STATUS[status].kind}>{STATUS[status].text}</StatusMark> <code class="wrap">{url}</code>
          </dd>
        </div>
      ))}
    </>
  );
}
