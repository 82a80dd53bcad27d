import type { Notes } from "../hcl/block";

/** A file of a module, with the blocks that it declares in order. */
export interface FileLayout {
  readonly path: string;
  /** By address: `aws_kms_key.this`, `data.aws_region.this`, `check.shards`, `local.lanes`. Neighbouring locals share a block. */
  readonly blocks: Readonly<Record<string, Notes>>;
}
