import type { Account } from "../aws/account";
import { type Expression, hcl } from "../terraform/expression";

/** The name of the archive bucket. Both constructs derive it from their inputs, so neither needs the other's state. */
export const archiveBucketOf = (
  { archiveBucket, name }: { readonly archiveBucket: Expression; readonly name: Expression },
  { id, region }: Account,
): Expression => hcl`${archiveBucket} == null ? ${`${name}-archive-${id}-${region}`} : ${archiveBucket}`;
