import type { Account } from "../aws/account";
import { type Expression, hcl } from "../terraform/expression";

/** The archive bucket's name. Both stacks find it in this way, so that neither needs the other's state. */
export const archiveBucketOf = (
  { archiveBucket, name }: { readonly archiveBucket: Expression; readonly name: Expression },
  { id, region }: Account,
): Expression => hcl`${archiveBucket} == null ? ${`${name}-archive-${id}-${region}`} : ${archiveBucket}`;
