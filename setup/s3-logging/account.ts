import { FirehoseClient } from "@aws-sdk/client-firehose";
import { HeadBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { emulatorClient } from "../../local/aws/clients";
import { MachineError } from "../../tools/failures/machine-error";
import { UsageError } from "../../tools/usage/usage-error";
import type { ParameterValues } from "./parameters";
import { type RoleReader, roleReader } from "./role";

/** The account in which S3 logging is set up. */
export interface SetupAccount {
  readonly accountId: string;
  readonly region: string;
  readonly s3: S3Client;
  readonly firehose: FirehoseClient;
  readonly roles: RoleReader;
}

/**
 * Asks who calls.
 *
 * @param emulatorUrl of the local pipeline; undefined: AWS, with the caller's own credentials and region
 * @throws MachineError without credentials or a region
 */
export async function setupAccount(emulatorUrl?: string): Promise<SetupAccount> {
  const configuration = emulatorUrl === undefined ? {} : emulatorClient(emulatorUrl);
  const sts = new STSClient(configuration);
  try {
    const [{ Account, Arn }, region] = [await sts.send(new GetCallerIdentityCommand({})), await sts.config.region()];
    const s3 = new S3Client({ ...configuration, forcePathStyle: emulatorUrl !== undefined });
    const partition = Arn?.split(":")[1] ?? "aws";
    const roles = roleReader(partition, s3.config.credentials, emulatorUrl ?? process.env.AWS_ENDPOINT_URL_IAM);
    return { accountId: Account!, region, s3, firehose: new FirehoseClient(configuration), roles };
  } catch (error) {
    throw new MachineError(
      `AWS does not say whose credentials these are: ${(error as Error).message}.`,
      "Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and AWS_REGION; check them by: aws sts get-caller-identity",
      undefined,
      { cause: error },
    );
  } finally {
    sts.destroy();
  }
}

/**
 * Checks what the caller's account has to have: nothing is created without it.
 *
 * @returns what could not be checked, one sentence each
 * @throws UsageError for an account that is not the caller's, a bucket that the caller has not, and a role that Firehose cannot use
 */
export async function checkAccount(values: ParameterValues, account: SetupAccount): Promise<string[]> {
  const { accountId, bucket, role } = values;
  const errors: string[] = [];
  const notes: string[] = [];
  if (accountId !== undefined && accountId !== account.accountId) {
    errors.push(
      `--account-id is ${accountId}, and the credentials are of ${account.accountId}. Use credentials of that account, or leave the option out.`,
    );
  }
  if (typeof bucket === "string") errors.push(...(await bucketErrors(bucket, account)));
  if (typeof role === "string") {
    const checked = await checkRole(role, account);
    errors.push(...checked.errors);
    notes.push(...checked.notes);
  }
  if (errors.length > 0) throw new UsageError(errors);
  return notes;
}

async function bucketErrors(bucket: string, { s3, accountId, region }: SetupAccount): Promise<string[]> {
  const status = await s3.send(new HeadBucketCommand({ Bucket: bucket, ExpectedBucketOwner: accountId })).then(
    () => 200,
    (error) => (error.$metadata?.httpStatusCode ?? 0) as number,
  );
  if (status === 200) return [];
  if (status === 404)
    return [`--bucket is ${bucket}, which does not exist. Create it (aws s3 mb s3://${bucket}), or name another.`];
  return [
    `--bucket is ${bucket}, which these credentials do not reach (status ${status}); name one of account ${accountId} in ${region}.`,
  ];
}

const HOW_TO = 'docs/firehose.md, "IAM permissions", has its trust policy';
const OTHERWISE = "or leave --role out, and one is created";

async function checkRole(
  role: string,
  { accountId, roles }: SetupAccount,
): Promise<{ errors: string[]; notes: string[] }> {
  const wrong = (error: string) => ({ errors: [`--role is ${role}, ${error}`], notes: [] });
  const [, , , , owner, path] = role.split(":");
  if (owner !== undefined && owner !== accountId) {
    return wrong(
      `of account ${owner}, and the credentials are of ${accountId}: Firehose uses roles of its own account. Name one of ${accountId}, ${OTHERWISE}.`,
    );
  }
  const found = await roles.read((path ?? role).split("/").at(-1)!);
  if (found.kind === "unknown") {
    return { errors: [], notes: [`Whether the role ${role} exists is not known: ${found.reason} (iam:GetRole).`] };
  }
  if (found.kind === "missing") {
    return wrong(`which does not exist in account ${accountId}. Create it (${HOW_TO}), ${OTHERWISE}.`);
  }
  const { arn, trustPolicy } = found;
  // A name stands for a role without a path.
  if (path === undefined ? !arn.endsWith(`:role/${role}`) : arn !== role) {
    return wrong(`and the role of that name is ${arn}. Give that ARN, or the name of another, ${OTHERWISE}.`);
  }
  if (!trustPolicy.includes("firehose.amazonaws.com")) {
    return wrong(`which does not trust firehose.amazonaws.com. Let Firehose assume it (${HOW_TO}), ${OTHERWISE}.`);
  }
  return { errors: [], notes: [] };
}
