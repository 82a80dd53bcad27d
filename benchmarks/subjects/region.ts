import { spawn } from "node:child_process";
import { once } from "node:events";
import { get } from "node:http";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import type { SQSEvent } from "aws-lambda";

/** What processes/region.ts has counted, and the messages that were sent to it since it was asked last. */
export interface RegionState {
  readonly created: number;
  readonly repeated: number;
  readonly objects: number;
  readonly quarantined: number;
  readonly messages: readonly string[];
}

/** S3, SQS and the search endpoint, in a process of their own. */
export interface Region {
  readonly origin: string;
  state(): Promise<RegionState>;
  stop(): void;
}

/**
 * Starts processes/region.ts.
 *
 * @param member the file that its objects repeat
 * @param folder where the bundled process is. @default the measured process's own
 */
export async function startRegion(member: string, folder = __dirname): Promise<Region> {
  const child = spawn(process.execPath, [join(folder, "region.js"), member], { stdio: ["pipe", "pipe", "inherit"] });
  const [port] = (await once(child.stdout, "data")) as [Buffer];
  const origin = `http://127.0.0.1:${port.toString().trim()}`;
  return {
    origin,
    state: () => stateOf(origin),
    stop: () => child.stdin.end(),
  };
}

/** Not by `fetch`: when V8 compiles the WebAssembly in it, the measured process takes 23 MiB more. */
function stateOf(origin: string): Promise<RegionState> {
  return new Promise((resolve, reject) => {
    get(`${origin}/_state`, (response) => {
      json(response).then((state) => resolve(state as RegionState), reject);
    }).on("error", reject);
  });
}

/** The bucket of its objects. */
export const LOGS_BUCKET = "the-logs";

/** The environment of the function `access-logs` in the region. */
export const accessLogsEnvironment = ({ origin }: Pick<Region, "origin">) => ({
  SEARCH_ENDPOINT: origin,
  ACCESS_LOG_SOURCES: JSON.stringify([{ name: "logs", bucket: LOGS_BUCKET }]),
  QUEUE_URL: `${origin}/123456789012/access-logs`,
  QUARANTINE_BUCKET: "the-archive",
  AWS_ENDPOINT_URL_S3: origin,
  AWS_ENDPOINT_URL_SQS: origin,
  AWS_REGION: "eu-central-1",
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "secret",
});

/** The notification that S3 sends of an object. Source: Amazon S3 User Guide, "Event message structure". */
export function notification(key: string, size: number, eTag: string): string {
  const s3 = { bucket: { name: LOGS_BUCKET }, object: { key: encodeURIComponent(key), size, eTag } };
  return JSON.stringify({
    Records: [{ eventVersion: "2.1", eventSource: "aws:s3", eventName: "ObjectCreated:Put", s3 }],
  });
}

/** The event of one message. Source: AWS Lambda Developer Guide, "Using Lambda with Amazon SQS". */
export function queueEvent(body: string): SQSEvent {
  const attributes = {
    ...{ ApproximateReceiveCount: "1", SentTimestamp: "1795230300000", SenderId: "AIDAEXAMPLE" },
    ApproximateFirstReceiveTimestamp: "1795230300001",
  };
  const where = { eventSource: "aws:sqs", awsRegion: "eu-central-1" };
  const eventSourceARN = "arn:aws:sqs:eu-central-1:123456789012:access-logs";
  const message = { messageId: "1", receiptHandle: "1", body, attributes, messageAttributes: {}, md5OfBody: "" };
  return { Records: [{ ...message, ...where, eventSourceARN }] };
}
