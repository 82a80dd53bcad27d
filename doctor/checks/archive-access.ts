import { GetBucketEncryptionCommand, HeadBucketCommand } from "@aws-sdk/client-s3";
import type { DoctorFinding } from "../check-table";
import type { DoctorContext } from "../context";
import { UncheckedError } from "../examined";
import { decisionText, type SimulatedCall, simulate } from "../role/simulation";
import { roleOf } from "./role";

/** Checks that policies let the functions' own role write what they archive; nothing is written. */
export async function examineArchiveAccess(context: DoctorContext): Promise<DoctorFinding[]> {
  const { lanes, clients, iam, isAws } = context;
  const [environment, roleArn] = [context.environment(), roleOf(lanes)];
  if (!isAws || !environment || roleArn === undefined) return [];
  const { ARCHIVE_BUCKET: bucket, ARCHIVE_PREFIX: prefix, AWS_REGION: region } = environment;
  const [, partition = "aws", , , account = ""] = roleArn.split(":");
  const isOwn = await isOfAccount(clients.s3, bucket, account);
  if (isOwn === undefined) return [];
  if (!isOwn) {
    throw new UncheckedError(
      "the bucket is another account's, whose policies IAM does not simulate: --test-event shows it",
    );
  }
  const bucketArn = `arn:${partition}:s3:::${bucket}`;
  const folders = ["archive", "dead-letter", "rejected"].map((folder) => `${prefix}${folder}/`);
  const puts = [...folders, "aws/lambda/"].map((folder) => ({
    ...{ action: "s3:PutObject", resource: `${bucketArn}/${folder}x` },
    conditions: { "s3:ResourceAccount": account },
  }));
  const key = await keyOf(clients.s3, bucket);
  const suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  const uses = (key?.startsWith("arn:") ? [key] : []).map((resource) => ({
    ...{ action: "kms:GenerateDataKey", resource },
    conditions: { "kms:ViaService": `s3.${region}.${suffix}`, "kms:EncryptionContext:aws:s3:arn": bucketArn },
  }));
  for (const call of [...puts, ...uses] satisfies SimulatedCall[]) {
    const decision = await simulate(iam, roleArn, call);
    if (decision === "allowed") continue;
    const found = `the role ${roleArn} ${decisionText(decision, call)}`;
    return [{ check: "archive-writable", subject: bucket, found, command: "terraform apply" }];
  }
  if (key !== undefined && uses.length === 0) {
    throw new UncheckedError(
      `the bucket's key is named ${key}, which is no ARN: whether the role may use it is not known`,
    );
  }
  return [];
}

/** @returns undefined: there is no such bucket, which the check `archive` says */
async function isOfAccount(
  s3: DoctorContext["clients"]["s3"],
  Bucket: string,
  account: string,
): Promise<boolean | undefined> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket, ExpectedBucketOwner: account }));
    return true;
  } catch (error) {
    const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
    if (status === undefined) throw error;
    return status === 403 ? false : undefined;
  }
}

/** Returns the key that S3 encrypts objects with; undefined: one of its own, which needs no permission. */
async function keyOf(s3: DoctorContext["clients"]["s3"], Bucket: string): Promise<string | undefined> {
  const { ServerSideEncryptionConfiguration } = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
  const [rule] = ServerSideEncryptionConfiguration?.Rules ?? [];
  return rule?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID;
}
