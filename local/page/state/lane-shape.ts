import type { LaneKind, LaneNode } from "../shared/page-state";

/** A lane as Terraform has applied it. */
export interface LaneShape {
  /** ARN of the stream, queue or delivery stream. */
  readonly id: string;
  readonly kind: LaneKind;
  readonly title: string;
  readonly sources: readonly LaneNode[];
  readonly stream: LaneNode;
  readonly function?: LaneNode;
  readonly destinations: readonly LaneNode[];
  readonly isAlive: boolean;
  /** Whose events it delivers. */
  readonly logGroups: readonly string[];
  /** Indices that it writes to; undefined without any. */
  readonly indexPattern?: string;
}
