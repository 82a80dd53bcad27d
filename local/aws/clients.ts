import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { FirehoseClient } from "@aws-sdk/client-firehose";
import { KinesisClient } from "@aws-sdk/client-kinesis";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import { emulatedAccount } from "./account";

// The pinned SDK works on every Node.js that this repository supports.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

export interface AwsClients {
  readonly cloudwatch: CloudWatchClient;
  readonly logs: CloudWatchLogsClient;
  readonly firehose: FirehoseClient;
  readonly kinesis: KinesisClient;
  readonly lambda: LambdaClient;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
}

/** Configuration of a client of the emulator at `endpoint`, independent of this machine's AWS configuration. */
export function emulatorClient(endpoint: string) {
  return {
    endpoint,
    region: emulatedAccount.AWS_REGION,
    credentials: {
      accessKeyId: emulatedAccount.AWS_ACCESS_KEY_ID,
      secretAccessKey: emulatedAccount.AWS_SECRET_ACCESS_KEY,
    },
  };
}

/** Clients of the emulator at `endpoint`. */
export function awsClients(endpoint: string): AwsClients {
  const configuration = emulatorClient(endpoint);
  const lambda = new LambdaClient(configuration);
  return {
    cloudwatch: new CloudWatchClient(configuration),
    logs: new CloudWatchLogsClient(configuration),
    firehose: new FirehoseClient(configuration),
    // Its default handler speaks HTTP/2, which the emulator does not.
    kinesis: new KinesisClient({ ...configuration, requestHandler: lambda.config.requestHandler }),
    lambda,
    s3: new S3Client({ ...configuration, forcePathStyle: true }),
    sqs: new SQSClient(configuration),
  };
}
