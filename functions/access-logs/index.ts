import { setTimeout as sleep } from "node:timers/promises";
import type { SQSHandler } from "aws-lambda";
import { beforeTimeout } from "../../core/concurrency/before-timeout";
import { findArrayObjects } from "../../core/fast-path/find-array-objects";
import { bucketAddress } from "../../core/http/bucket-address";
import { compressing } from "../../core/http/compressing";
import { lambdaSend } from "../../core/http/lambda-send";
import { searchSend } from "../../core/http/search-send";
import { indicesOfEnvironment } from "../../core/indices/configured-indices";
import { indexSetup } from "../../core/indices/index-setup";
import { patternErrors } from "../../core/patterns/pattern-errors";
import { objectSettings } from "../../core/pipelines/object-settings";
import { parseAccessLogsEnvironment } from "../../core/settings/access-logs";
import { objectOpener } from "../../core/sources/s3/object-opener";
import { queueTarget } from "../../core/sqs/send-message";
import { deliverAccessLogs } from "./access-logs";
import type { AccessLogsIo } from "./io";
import { counting, keptStream } from "./streams";

const environment = parseAccessLogsEnvironment(process.env, patternErrors);
const { AWS_REGION: region, AWS_ENDPOINT_URL_S3: s3Endpoint, QUEUE_URL: queueUrl } = environment;

const requestTimeoutMs = environment.REQUEST_TIMEOUT_SECONDS * 1000;
const bucket = bucketAddress(environment.QUARANTINE_BUCKET, region, s3Endpoint);
const send = searchSend(environment);
const monotonicMs = () => performance.now();

const io: Omit<AccessLogsIo, "remainingMs"> = {
  settings: {
    ...objectSettings(environment),
    sources: environment.ACCESS_LOG_SOURCES,
    quarantinePrefix: environment.QUARANTINE_PREFIX,
    metricsNamespace: environment.METRICS_NAMESPACE,
  },
  search: {
    endpoint: environment.SEARCH_ENDPOINT,
    send: environment.COMPRESS_REQUESTS ? compressing(send) : send,
    requestTimeoutMs,
    bulkMaxBytes: environment.BULK_MAX_BYTES,
    bulkRequests: environment.BULK_REQUESTS,
  },
  // Patterns of names are the same whatever the sources' indices are.
  indexSetup: indexSetup(indicesOfEnvironment({ ...environment, INDEX_NAME: "" }), { send, monotonicMs }),
  reader: ({ retry, received, failed }) =>
    objectOpener({
      stream: (target) => counting(keptStream(target), received),
      ...{ region, endpoint: s3Endpoint, requestTimeoutMs, retry, failed, findObjects: findArrayObjects },
    }),
  quarantine: {
    bucket: environment.QUARANTINE_BUCKET,
    pathPrefix: bucket.pathPrefix,
    send: lambdaSend(bucket.target),
    requestTimeoutMs,
  },
  queue: {
    queueUrl,
    send: lambdaSend(queueTarget(queueUrl, region, environment.AWS_ENDPOINT_URL_SQS)),
    requestTimeoutMs,
  },
  within: beforeTimeout,
  sleep: (ms) => sleep(ms),
  random: Math.random,
  now: Date.now,
  monotonicMs,
  // Lambda prefixes what the console prints, and CloudWatch extracts metrics only from a line that is JSON.
  log: (line) => process.stdout.write(`${JSON.stringify(line)}\n`),
};

/** Messages whose objects are settled, or continue by another message, are acknowledged: see `deliverAccessLogs`. */
export const handler: SQSHandler = (event, context) =>
  deliverAccessLogs(event, { ...io, remainingMs: () => context.getRemainingTimeInMillis() });
