import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeStreamSummaryCommand,
  KinesisClient,
  ListStreamsCommand,
  type StreamDescriptionSummary,
} from "@aws-sdk/client-kinesis";
import { GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { type ApiClient, apiClient, awsChain } from "../search/client";
import { type AskIam, iamCaller } from "../tools/iam";
import { awsFailureReason } from "./aws-failure";
import type { DoctorClients, DoctorLane } from "./context";
import { isDenial, UncheckedError } from "./examined";

/**
 * Clients that read credentials, region and endpoints from where the AWS CLI reads them.
 *
 * @param region in place of the AWS CLI's
 */
export function doctorClients(region: string | undefined, isAws: boolean): DoctorClients {
  const configuration = region === undefined ? {} : { region };
  const s3 = new S3Client({ ...configuration, forcePathStyle: !isAws });
  return {
    s3,
    cloudwatch: new CloudWatchClient(configuration),
    logs: new CloudWatchLogsClient(configuration),
    lambda: new LambdaClient(configuration),
    // Its own handler speaks HTTP/2, which the local emulator does not.
    kinesis: new KinesisClient({ ...configuration, requestHandler: s3.config.requestHandler }),
  };
}

/** What is asked without a client of the SDK, of the account that the functions are in. */
export interface DoctorApis {
  readonly iam: AskIam;
  readonly domains: ApiClient;
}

/** @param functionArn of one of the functions: says partition and region */
export function doctorApis(functionArn: string): DoctorApis {
  const [, partition = "aws", , region = "us-east-1"] = functionArn.split(":");
  const domain = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  const { credentials } = awsChain();
  const iam = iamCaller(partition, credentials, process.env.AWS_ENDPOINT_URL_IAM);
  return {
    iam(action, parameters) {
      if (!iam) throw new UncheckedError(`the endpoint of IAM in ${partition} is not known`);
      return iam(action, parameters);
    },
    domains: apiClient(`https://es.${region}.${domain}`, { by: "aws", region }),
  };
}

/** Finds the streams of a pipeline, each with the function of its name. */
export async function findLanes(name: string, clients: DoctorClients): Promise<DoctorLane[]> {
  const streams: string[] = [];
  for (let token: string | undefined; ; ) {
    const page = await clients.kinesis.send(new ListStreamsCommand({ ...(token && { NextToken: token }) }));
    streams.push(...(page.StreamNames ?? []));
    if (!page.HasMoreStreams || !page.NextToken) break;
    token = page.NextToken;
  }
  // No pipeline's name has an underscore.
  const own = streams.filter((stream) => stream.startsWith(`${name}_`));
  return Promise.all(own.map((stream) => findLane(stream, clients)));
}

async function findLane(name: string, clients: DoctorClients): Promise<DoctorLane> {
  const found = await clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name })).then(
    (configuration) => ({ configuration }),
    (error: Error) => (error.name === "ResourceNotFoundException" ? {} : { error }),
  );
  let stream: Promise<StreamDescriptionSummary> | undefined;
  return {
    name,
    stream() {
      stream ??= clients.kinesis
        .send(new DescribeStreamSummaryCommand({ StreamName: name }))
        .then(({ StreamDescriptionSummary }) => StreamDescriptionSummary!);
      return stream;
    },
    forwarder() {
      if ("error" in found) {
        const { error } = found;
        const needs = isDenial(error) ? "lambda:GetFunctionConfiguration" : undefined;
        throw new UncheckedError(`the function ${name} is not known: ${awsFailureReason(error)}`, needs);
      }
      return "configuration" in found ? found.configuration : undefined;
    },
  };
}
