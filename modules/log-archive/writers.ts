import type { Account } from "../aws/account";
import type { Statement } from "../aws/policy";
import { viaService } from "../aws/via-service";
import { type Expression, hcl } from "../terraform/expression";

/** A role that writes to an archive bucket of another account. */
export interface ArchiveWriter {
  /** Begins the ids of the statements. */
  readonly who: string;
  readonly roleArn: string;
  /** What it writes. */
  readonly objectArns: readonly string[];
  /** The bucket, if it lists that. */
  readonly listedBucketArn?: string;
}

/**
 * The role by a condition and its account as the principal: a policy that names a role is refused until that exists, and is void when it
 * is created again (IAM User Guide, AWS JSON policy elements: Principal).
 */
const byRole = (account: Account, roleArn: string, condition: object = {}) => ({
  Effect: "Allow" as const,
  Principal: { AWS: account.iamArn("root") },
  Condition: { ArnEquals: { "aws:PrincipalArn": roleArn }, ...condition },
});

/** What the policy of the bucket needs, each statement as JSON. */
export function writerStatements(account: Account, writer: ArchiveWriter): Expression {
  const { who, roleArn, objectArns, listedBucketArn } = writer;
  const write: Statement = {
    Sid: `${who}WritesArchive`,
    ...byRole(account, roleArn),
    Action: "s3:PutObject",
    Resource: objectArns,
  };
  const list: Statement[] = listedBucketArn
    ? [{ Sid: `${who}FindsArchive`, ...byRole(account, roleArn), Action: "s3:ListBucket", Resource: listedBucketArn }]
    : [];
  return hcl`[for statement in ${[write, ...list]} : jsonencode(statement)]`;
}

/** What the policy of the bucket's key needs, as JSON. */
export const writersKeyStatement = (account: Account, { who, roleArn }: ArchiveWriter): Expression => {
  return hcl`jsonencode(${{
    Sid: `${who}EncryptsArchive`,
    ...byRole(account, roleArn, viaService(account, "s3")),
    Action: "kms:GenerateDataKey",
    Resource: "*",
  }})`;
};
