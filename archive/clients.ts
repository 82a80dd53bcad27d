import { KinesisClient } from "@aws-sdk/client-kinesis";
import { S3Client } from "@aws-sdk/client-s3";
import { failureReason } from "../core/http/failure-reason";
import type { Send } from "../core/http/send";
import { signing } from "../core/http/signing";
import { undiciTransport } from "../core/http/undici-transport";
import { queueTarget } from "../core/sqs/send-message";
import { type Login, signedRegion } from "../tools/usage/login";
import { UsageError } from "../tools/usage/usage-error";

// The pinned versions work on every Node.js that this repository supports.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

export interface Clients {
  s3: S3Client;
  kinesis: KinesisClient;
  /** Sends requests to a search endpoint. @param region to sign for, where neither `login` nor the endpoint's host says it */
  search(endpoint: string, login: Login, region: string): Send;
  /** Sends requests to the endpoint of a queue, signed with the same credentials. */
  queue(queueUrl: string, region: string): Send;
  /** @throws UsageError when none is configured */
  region(): Promise<string>;
  /** Resolves to the settings that, with the arguments, identify bucket, stream and endpoint: region, account, profile, endpoints. */
  surroundings(): Promise<unknown>;
}

/** In milliseconds: maximum time to connect, and without a byte, before the SDK retries the request. */
const TIMEOUTS = { connectionTimeout: 5_000, socketTimeout: 30_000 };

/** Creates AWS clients that read credentials, region and endpoints from where the AWS CLI reads them. */
export function createClients(environment: Record<string, string | undefined>): Clients {
  // Other endpoints, such as the local emulator, have no host name for each bucket.
  const forcePathStyle = Boolean(environment.AWS_ENDPOINT_URL_S3 ?? environment.AWS_ENDPOINT_URL);
  const s3 = new S3Client({ forcePathStyle, requestHandler: TIMEOUTS });
  const { credentials, requestHandler } = s3.config;
  return {
    s3,
    // Its own handler speaks HTTP/2, which the local emulator does not.
    kinesis: new KinesisClient({ requestHandler }),
    region: () =>
      s3.config.region().catch((error) => {
        throw new UsageError([`${failureReason(error)}: set AWS_REGION to the region of the bucket and the pipeline.`]);
      }),
    async surroundings() {
      const { AWS_PROFILE, AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL_KINESIS } = environment;
      const { AWS_ENDPOINT_URL_SQS } = environment;
      // The preflight reports missing credentials.
      const accountId = await credentials().then(
        (current) => current.accountId,
        () => undefined,
      );
      const region = await s3.config.region();
      return {
        region,
        accountId,
        AWS_PROFILE,
        AWS_ENDPOINT_URL,
        AWS_ENDPOINT_URL_S3,
        AWS_ENDPOINT_URL_KINESIS,
        AWS_ENDPOINT_URL_SQS,
      };
    },
    queue(queueUrl, region) {
      const endpoint = environment.AWS_ENDPOINT_URL_SQS ?? environment.AWS_ENDPOINT_URL ?? "";
      const target = queueTarget(queueUrl, queueRegion(queueUrl) ?? region, endpoint);
      return signing(undiciTransport(target.origin), target, credentials);
    },
    search(endpoint, login, region) {
      const send = undiciTransport(endpoint);
      if ("authorization" in login) return withHeader(send, login.authorization);
      if (login.by === "none") return send;
      const target = { origin: endpoint, service: "es", region: signedRegion(endpoint, login) ?? region };
      return signing(send, target, credentials);
    },
  };
}

const withHeader =
  (send: Send, Authorization: string): Send =>
  (request) =>
    send({ ...request, headers: { ...request.headers, Authorization } });

/** The queue may be in another region than the bucket. Source: Amazon SQS Developer Guide, "Queue URLs". */
const queueRegion = (queueUrl: string): string | undefined =>
  /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com/.exec(queueUrl)?.[1];
