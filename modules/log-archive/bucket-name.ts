import type { Account } from "../aws/account";
import { type Expression, hcl } from "../terraform/expression";

/** The name of the archive bucket. Both constructs derive it from their inputs, so neither needs the other's state. */
export const archiveBucketOf = (
  { archiveBucket, name }: { readonly archiveBucket: Expression; readonly name: Expression },
  { id, region }: Pick<Account, "id" | "region">,
): Expression => hcl`${archiveBucket} == null ? ${`${name}-archive-${id}-${region}`} : ${archiveBucket}`;

/** The account that owns the bucket. */
export const archiveOwnerOf = (
  { archiveBucketAccountId }: { readonly archiveBucketAccountId: Expression },
  { id }: Account,
): string => hcl`${archiveBucketAccountId} == null ? ${id} : ${archiveBucketAccountId}`.string;
