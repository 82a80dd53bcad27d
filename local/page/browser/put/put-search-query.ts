import type { PagePut } from "../../shared/put";
import { defaultView, queryOfView } from "../../shared/search-view";

/** Returns the query of the search that finds the events of a put, and no others: no others have its mark. */
export function putSearchQuery({ target, mark, period }: Pick<PagePut, "target" | "mark" | "period">): string {
  return queryOfView({
    ...defaultView(),
    ...(period && { from: new Date(period.from).toISOString(), to: new Date(period.to).toISOString() }),
    groups: [target.name],
    filters: mark ? [{ ...mark, isExcluded: false }] : [],
  });
}
