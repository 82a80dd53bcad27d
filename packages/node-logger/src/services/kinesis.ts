import { randomBytes } from "node:crypto";
import type { KinesisClient, KinesisClientConfig } from "@aws-sdk/client-kinesis";
import { CallBodies, callBody } from "./call-bodies";
import { recordFailures } from "./failures";
import { lazily } from "./lazily";
import type { RecordService, ServiceLimits } from "./record-service";

/** The AWS SDK's client, or how to make one. */
export interface KinesisTarget {
  /** Name of the stream, or its ARN. */
  stream: string;
  /** A client of yours. It should not retry (`maxAttempts: 1`): this library does. @default made by `clientConfig` */
  client?: KinesisClient | undefined;
  /** For the client that is made, e.g. `{ region: "eu-central-1" }`. @default the SDK's own: environment, profile, role */
  clientConfig?: KinesisClientConfig | undefined;
}

/**
 * Source: Kinesis API Reference, "PutRecords": 500 records and, since 2025, 10 MiB. Half of that, which was the limit before and is
 * still the emulators': a shard takes 1 MB a second.
 */
export const KINESIS_LIMITS: ServiceLimits = { records: 500, callBytes: 5 * 1024 * 1024 };

/** Source: Kinesis API Reference, "PutRecords", `StreamName`, and "Amazon Resource Names" of its streams. */
export const STREAM_NAME = /^[\w.-]{1,128}$|^arn:aws[\w-]*:kinesis:[\w-]+:\d{12}:stream\/[\w.-]{1,128}$/;

/** Bytes of a random partition key as text; it counts towards a record's size. */
export const KEY_BYTES = 16;

/** Puts records into a Kinesis stream, each with a random partition key, so that all shards get as many. */
export function kinesisService({ stream, client: given, clientConfig }: KinesisTarget): RecordService {
  const target = stream.startsWith("arn:") ? { StreamARN: stream } : { StreamName: stream };
  const sdk = lazily(async () => {
    const { KinesisClient, PutRecordsCommand } = await import("@aws-sdk/client-kinesis");
    if (given) return { client: given, PutRecordsCommand };
    const [, , , region] = stream.split(":");
    const config = {
      maxAttempts: 1,
      // A stream is at the endpoint of its own region.
      ...(region !== undefined && { region }),
      ...(await handlerFor(clientConfig?.endpoint)),
      ...clientConfig,
    };
    return { client: new KinesisClient(config), PutRecordsCommand };
  });
  const bodies = new CallBodies();
  return {
    name: `Kinesis stream "${stream}"`,
    limits: KINESIS_LIMITS,
    async put(records, abortSignal) {
      const { client, PutRecordsCommand } = await sdk();
      const random = randomBytes((records.length * KEY_BYTES) / 2).toString("hex");
      const keys = records.map((_, i) => random.slice(i * KEY_BYTES, (i + 1) * KEY_BYTES));
      const Records = records.map((Data, i) => ({ Data, PartitionKey: keys[i] }));
      const command = new PutRecordsCommand({ ...target, Records });
      bodies.prepare(command, () => callBody(target, records, keys));
      const response = await client.send(command, { abortSignal });
      return recordFailures(response.Records, records.length);
    },
  };
}

/**
 * The SDK speaks HTTP/2 with Kinesis, which emulators without TLS do not understand.
 *
 * Source: AWS SDKs and Tools Reference Guide, "Service-specific endpoints".
 */
async function handlerFor(
  endpoint: KinesisClientConfig["endpoint"],
): Promise<Pick<KinesisClientConfig, "requestHandler">> {
  const { AWS_ENDPOINT_URL_KINESIS, AWS_ENDPOINT_URL } = process.env;
  const origin = endpoint ?? AWS_ENDPOINT_URL_KINESIS ?? AWS_ENDPOINT_URL;
  if (typeof origin !== "string" || !origin.startsWith("http:")) return {};
  const { NodeHttpHandler } = await import("@smithy/node-http-handler");
  return { requestHandler: new NodeHttpHandler() };
}
