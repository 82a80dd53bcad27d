import { join } from "node:path";
import { CreateDeliveryStreamCommand, DescribeDeliveryStreamCommand } from "@aws-sdk/client-firehose";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { firehoseTemplates } from "../../core/indices/firehose-templates";
import { ACCOUNT_ID, emulatedAccount, functionArn, roleArn } from "../../local/aws/account";
import { awsClients } from "../../local/aws/clients";
import { startDeliveryStream } from "../../local/firehose/delivery-stream";
import { deliverySettings } from "../../local/firehose/settings";
import { type InvocationResult, type LambdaFunction, startFunction } from "../../local/lambda/function";
import { repositoryRoot } from "../../tools/repository";
import type { SoakServices } from "../services";
import { type Redelivered, Redelivery } from "./firehose-redelivery";

const TRANSFORM = "soak-transform";
const TIMEOUT_SECONDS = 12;
const MEMORY_MIB = 256;

/** As of firehose-search, whose default is the longest. */
const RETRY_SECONDS = 7_200;

export const OBJECTS = "raw/";
const FAILED = "failed/";

export interface FirehoseLaneOptions {
  /** Name of the delivery stream, the bucket and the index. */
  readonly name: string;
  /** Called with each line of the function's log, and with each problem of the delivery stream. */
  onLine(line: string): void;
  onResult(result: InvocationResult): void;
}

/** A delivery stream by direct put, the built function that transforms its records, search, and a bucket for all records. */
export interface FirehoseLane {
  readonly lambda: LambdaFunction;
  /** Delivers what Firehose has written to S3 as failed since the last call, as docs/firehose.md says. */
  redeliver(): Promise<Redelivered>;
  stop(): Promise<void>;
}

/** @throws Error when a part rejects a request, or the zip has not been built */
export async function startFirehoseLane(services: SoakServices, options: FirehoseLaneOptions): Promise<FirehoseLane> {
  const { name, onLine } = options;
  const { clients, search, searchProxy, archiveProxy, emulatorUrl } = services;
  const { firehose, s3 } = clients;
  const CreateBucketConfiguration = { LocationConstraint: emulatedAccount.AWS_REGION };
  await s3.send(new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration }));
  await putTemplate(search.url, name);
  await firehose.send(new CreateDeliveryStreamCommand({ DeliveryStreamName: name, ...destination(name) }));
  const described = await firehose.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName: name }));
  const lambda = await startFunction({
    name: TRANSFORM,
    zip: join(repositoryRoot, "dist", "functions", "firehose-transform.zip"),
    environment: { DESTINATION: "search" },
    ...{ timeoutSeconds: TIMEOUT_SECONDS, memoryMib: MEMORY_MIB, onLine },
  });
  const stream = startDeliveryStream({
    ...{ kinesis: clients.kinesis, s3: awsClients(archiveProxy.url).s3, emulatorUrl },
    searchEndpoint: searchProxy.url,
    settings: deliverySettings(described.DeliveryStreamDescription!),
    async invoke(_, event) {
      const result = await lambda.invoke(event);
      options.onResult(result);
      return result;
    },
    onProblem: onLine,
  });
  const redelivery = new Redelivery(services, { name, failedPrefix: FAILED });
  return {
    lambda,
    redeliver: () => redelivery.next(),
    async stop() {
      const stopped = stream.stop();
      await lambda.stop();
      await stopped;
    },
  };
}

/** The stack firehose-search, with short buffers. */
function destination(name: string) {
  const hints = { IntervalInSeconds: 2, SizeInMBs: 1 };
  const RoleARN = roleArn(name);
  const parameter = (ParameterName: "LambdaArn" | "BufferIntervalInSeconds", ParameterValue: string) => ({
    ParameterName,
    ParameterValue,
  });
  return {
    AmazonopensearchserviceDestinationConfiguration: {
      ...{ RoleARN, DomainARN: `arn:aws:es:${emulatedAccount.AWS_REGION}:${ACCOUNT_ID}:domain/${name}` },
      ...({ IndexName: name, IndexRotationPeriod: "NoRotation", BufferingHints: hints } as const),
      ...({ RetryOptions: { DurationInSeconds: RETRY_SECONDS }, S3BackupMode: "AllDocuments" } as const),
      S3Configuration: {
        ...({ RoleARN, BucketARN: `arn:aws:s3:::${name}`, BufferingHints: hints, CompressionFormat: "GZIP" } as const),
        ...{ Prefix: OBJECTS, ErrorOutputPrefix: `${FAILED}!{firehose:error-output-type}/` },
      },
      ProcessingConfiguration: {
        Enabled: true,
        Processors: [
          {
            Type: "Lambda" as const,
            Parameters: [
              parameter("LambdaArn", `${functionArn(TRANSFORM)}:$LATEST`),
              parameter("BufferIntervalInSeconds", "1"),
            ],
          },
        ],
      },
    },
  };
}

/** As `npm run search -- setup --firehose-indices` does. */
async function putTemplate(engineUrl: string, name: string): Promise<void> {
  for (const body of firehoseTemplates(
    { name, pattern: name },
    { replicas: 1, shards: 1, refreshIntervalSeconds: 1, sort: "none" },
  )) {
    const response = await fetch(`${engineUrl}/_index_template/firehose-${name}`, {
      ...{ method: "PUT", headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
    });
    if (response.ok) return;
  }
  throw new Error("OpenSearch takes no index template of the soak");
}
