import type { PageService } from "../../shared/page-state";
import { StatusMark } from "../ui/status";

/** Services as rows of a description list. */
export function ServiceList({ services }: { readonly services: readonly PageService[] }) {
  return (
    <>
      {services.map(({ name, url, isUp }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <StatusMark kind={isUp ? "good" : "waiting"}>{isUp ? "answers" : "not yet"}</StatusMark>{" "}
            <code class="wrap">{url}</code>
          </dd>
        </div>
      ))}
    </>
  );
}
