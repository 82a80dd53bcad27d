import { FirehoseClient } from "@aws-sdk/client-firehose";
import { HeadBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { emulatorClient } from "../../local/aws/clients";
import { MachineError } from "../../tools/failures/machine-error";
import { UsageError } from "../../tools/usage/usage-error";
import type { ParameterValues } from "./parameters";

/** The account in which S3 logging is set up. */
export interface SetupAccount {
  readonly accountId: string;
  readonly region: string;
  readonly s3: S3Client;
  readonly firehose: FirehoseClient;
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
    const [{ Account }, region] = [await sts.send(new GetCallerIdentityCommand({})), await sts.config.region()];
    const s3 = new S3Client({ ...configuration, forcePathStyle: emulatorUrl !== undefined });
    return { accountId: Account!, region, s3, firehose: new FirehoseClient(configuration) };
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

/** @throws UsageError for an account that is not the caller's, and a bucket that the caller has not */
export async function checkAccount({ accountId, bucket }: ParameterValues, account: SetupAccount): Promise<void> {
  const errors: string[] = [];
  if (accountId !== undefined && accountId !== account.accountId) {
    errors.push(
      `--account-id is ${accountId}, and the credentials are of ${account.accountId}. Use credentials of that account, or leave the option out.`,
    );
  }
  if (typeof bucket === "string") {
    const status = await account.s3
      .send(new HeadBucketCommand({ Bucket: bucket, ExpectedBucketOwner: account.accountId }))
      .then(
        () => 200,
        (error) => (error.$metadata?.httpStatusCode ?? 0) as number,
      );
    if (status === 404)
      errors.push(
        `--bucket is ${bucket}, which does not exist. Create it (aws s3 mb s3://${bucket}), or name another.`,
      );
    else if (status !== 200)
      errors.push(
        `--bucket is ${bucket}, which these credentials do not reach (status ${status}); name one of account ${account.accountId} in ${account.region}.`,
      );
  }
  if (errors.length > 0) throw new UsageError(errors);
}
