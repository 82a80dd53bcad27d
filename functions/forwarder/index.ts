import { setTimeout as sleep } from "node:timers/promises";
import type { KinesisStreamHandler } from "aws-lambda";
import { layoutsOfEnvironment } from "../../core/events/configured-layouts";
import { loadFastPath } from "../../core/fast-path/fast-path-record";
import { bucketAddress } from "../../core/http/bucket-address";
import { compressing } from "../../core/http/compressing";
import { lambdaSend } from "../../core/http/lambda-send";
import { searchSend } from "../../core/http/search-send";
import { indicesOfEnvironment } from "../../core/indices/configured-indices";
import { indexSetup } from "../../core/indices/index-setup";
import { patternErrors } from "../../core/patterns/pattern-errors";
import { laneSettings } from "../../core/pipelines/message-settings";
import { parseEnvironment, recordMaxBytes } from "../../core/settings/environment";
import { streamTarget } from "../../core/sinks/kinesis/put-records";
import type { ToSearch, ToStream } from "./delivery";
import { forward } from "./forward";

const environment = parseEnvironment(process.env, patternErrors);

// During Lambda's init phase, which has a whole CPU whatever the memory size.
if (environment.FAST_PATH) loadFastPath();

const requestTimeoutMs = environment.REQUEST_TIMEOUT_SECONDS * 1000;
const bucket = bucketAddress(environment.ARCHIVE_BUCKET, environment.AWS_REGION, environment.AWS_ENDPOINT_URL_S3);

const monotonicMs = () => performance.now();

function toSearch(): ToSearch {
  const send = searchSend(environment);
  const search = {
    endpoint: environment.SEARCH_ENDPOINT,
    send: environment.COMPRESS_REQUESTS ? compressing(send) : send,
    requestTimeoutMs,
    bulkMaxBytes: environment.BULK_MAX_BYTES,
    bulkRequests: environment.BULK_REQUESTS,
  };
  return { search, indexSetup: indexSetup(indicesOfEnvironment(environment), { send, monotonicMs }) };
}

function toStream(streamArn: string): ToStream {
  const send = lambdaSend(streamTarget(streamArn, environment.AWS_ENDPOINT_URL_KINESIS));
  return { stream: { streamArn, send, requestTimeoutMs } };
}

const io = {
  settings: {
    indexLayouts: layoutsOfEnvironment(environment),
    archivePrefix: environment.ARCHIVE_PREFIX,
    archiveLayout: environment.ARCHIVE_LAYOUT,
    recordMaxBytes: recordMaxBytes(environment),
    timeField: environment.TIME_FIELD,
    fastPath: environment.FAST_PATH,
    ...laneSettings(environment),
    metricsNamespace: environment.METRICS_NAMESPACE,
  },
  ...(environment.TARGET_STREAM_ARN ? toStream(environment.TARGET_STREAM_ARN) : toSearch()),
  archive: {
    bucket: environment.ARCHIVE_BUCKET,
    pathPrefix: bucket.pathPrefix,
    send: lambdaSend(bucket.target),
    requestTimeoutMs,
  },
  sleep: (ms: number) => sleep(ms),
  random: Math.random,
  now: Date.now,
  monotonicMs,
  // Lambda prefixes what the console prints, and CloudWatch extracts metrics only from a line that is JSON.
  log: (line: Record<string, unknown>) => process.stdout.write(`${JSON.stringify(line)}\n`),
};

/** Acknowledged records are delivered and archived; Lambda retries all others: see `forward`. */
export const handler: KinesisStreamHandler = (event, context) =>
  forward(event, { ...io, remainingMs: () => context.getRemainingTimeInMillis() });
