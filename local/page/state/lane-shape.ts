import type { PageLane } from "../shared/page-state";

/** A lane as Terraform has applied it. */
export interface LaneShape
  extends Pick<PageLane, "id" | "kind" | "title" | "sources" | "stream" | "function" | "destinations" | "isAlive"> {
  /** Whose events it delivers. */
  readonly logGroups: readonly string[];
  /** Log groups in the archive and in documents: those, and the stream, for what applications put into it; none elsewhere. */
  readonly archivedAs: readonly string[];
  /** Where Firehose puts the lines, one below the other; undefined for other lanes. */
  readonly objects?: { readonly bucket: string; readonly prefix: string };
  /** By what its documents are told from those of others in the same indices; undefined: they have indices of their own. */
  readonly documentsHave?: { readonly field: string; readonly values: readonly string[] };
  /** Indices that it writes to; undefined without any. */
  readonly indexPattern?: string;
}
