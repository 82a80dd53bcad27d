import type { PagePut } from "../../shared/put";
import { defaultView, queryOfView } from "../../shared/search-view";

/** Returns the query of the search that finds the events of a put, and no others: no other has its log stream. */
export function putSearchQuery({
  logGroup,
  logStream,
  period,
}: Pick<PagePut, "logGroup" | "logStream" | "period">): string {
  return queryOfView({
    ...defaultView(),
    ...(period && { from: new Date(period.from).toISOString(), to: new Date(period.to).toISOString() }),
    groups: [logGroup],
    filters: [{ field: "aws.cloudwatch.log_stream", value: logStream, isExcluded: false }],
  });
}
