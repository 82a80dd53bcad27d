import type { PageLane } from "../shared/page-state";

/** A lane as Terraform has applied it. */
export interface LaneShape
  extends Pick<PageLane, "id" | "kind" | "title" | "sources" | "stream" | "function" | "destinations" | "isAlive"> {
  /** Whose events it delivers. */
  readonly logGroups: readonly string[];
  /** Indices that it writes to; undefined without any. */
  readonly indexPattern?: string;
}
