import type { FirehoseClient, FirehoseClientConfig } from "@aws-sdk/client-firehose";
import { CallBodies, callBody } from "./call-bodies";
import { recordFailures } from "./failures";
import { lazily } from "./lazily";
import type { RecordService, ServiceLimits } from "./record-service";

/** The AWS SDK's client, or how to make one. */
export interface FirehoseTarget {
  /** Name of the Firehose stream. */
  deliveryStream: string;
  /** A client of yours. It should not retry (`maxAttempts: 1`): this library does. @default made by `clientConfig` */
  client?: FirehoseClient | undefined;
  /** For the client that is made, e.g. `{ region: "eu-central-1" }`. @default the SDK's own: environment, profile, role */
  clientConfig?: FirehoseClientConfig | undefined;
}

/** Source: Firehose API Reference, "PutRecordBatch": 500 records, 4 MB, 1,000 KB a record before base64. */
export const FIREHOSE_LIMITS: ServiceLimits = { records: 500, callBytes: 4_000_000 };

/** Source: Firehose API Reference, "PutRecordBatch", `DeliveryStreamName`. */
export const DELIVERY_STREAM_NAME = /^[\w.-]{1,64}$/;

/** Puts records into a Firehose stream. */
export function firehoseService({ deliveryStream, client: given, clientConfig }: FirehoseTarget): RecordService {
  const sdk = lazily(async () => {
    const { FirehoseClient, PutRecordBatchCommand } = await import("@aws-sdk/client-firehose");
    return { client: given ?? new FirehoseClient({ maxAttempts: 1, ...clientConfig }), PutRecordBatchCommand };
  });
  const target = { DeliveryStreamName: deliveryStream };
  const bodies = new CallBodies();
  return {
    name: `Firehose stream "${deliveryStream}"`,
    limits: FIREHOSE_LIMITS,
    async put(records, abortSignal) {
      const { client, PutRecordBatchCommand } = await sdk();
      const Records = records.map((Data) => ({ Data }));
      const command = new PutRecordBatchCommand({ ...target, Records });
      bodies.prepare(command, () => callBody(target, records));
      const { RequestResponses } = await client.send(command, { abortSignal });
      return recordFailures(RequestResponses, records.length);
    },
  };
}
