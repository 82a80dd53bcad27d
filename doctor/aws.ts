import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { KinesisClient, ListStreamsCommand } from "@aws-sdk/client-kinesis";
import { type FunctionConfiguration, GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import type { DoctorClients, DoctorLane } from "./context";

/** Of another region or endpoint than that of the AWS CLI. */
interface DoctorPlace {
  readonly region?: string;
  readonly endpointUrl?: string;
}

/** Clients that read credentials, region and endpoints from where the AWS CLI reads them. */
export function doctorClients({ region, endpointUrl }: DoctorPlace): DoctorClients {
  const configuration = {
    ...(region !== undefined && { region }),
    ...(endpointUrl !== undefined && { endpoint: endpointUrl }),
  };
  const isElsewhere = endpointUrl !== undefined || Boolean(process.env.AWS_ENDPOINT_URL);
  const s3 = new S3Client({ ...configuration, forcePathStyle: isElsewhere });
  return {
    s3,
    cloudwatch: new CloudWatchClient(configuration),
    logs: new CloudWatchLogsClient(configuration),
    lambda: new LambdaClient(configuration),
    // Its own handler speaks HTTP/2, which the local emulator does not.
    kinesis: new KinesisClient({ ...configuration, requestHandler: s3.config.requestHandler }),
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
  return Promise.all(own.map(async (stream) => ({ name: stream, forwarder: await findFunction(stream, clients) })));
}

async function findFunction(name: string, clients: DoctorClients): Promise<FunctionConfiguration | undefined> {
  try {
    return await clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
  } catch (error) {
    if ((error as Error).name === "ResourceNotFoundException") return undefined;
    throw error;
  }
}
