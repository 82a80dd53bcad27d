import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "aws-lambda";
import { S3Bucket } from "../../core/compaction/s3-bucket";
import { bucketAddress } from "../../core/http/bucket-address";
import { lambdaSend, lambdaStream } from "../../core/http/lambda-send";
import { retryUntil } from "../../core/retry/retry";
import { parseArchiveCompactionEnvironment } from "../../core/settings/archive-compaction";
import { compact, REPORT_RESERVE_MS } from "./compact";

const environment = parseArchiveCompactionEnvironment(process.env);

const address = bucketAddress(environment.ARCHIVE_BUCKET, environment.AWS_REGION, environment.AWS_ENDPOINT_URL_S3);

/** Of the largest object, at the slowest that S3 is expected to be, in milliseconds. */
const REQUEST_TIMEOUT_MS = 60_000;

const connections = {
  bucket: environment.ARCHIVE_BUCKET,
  address,
  send: lambdaSend(address.target),
  stream: lambdaStream(address.target),
  requestTimeoutMs: REQUEST_TIMEOUT_MS,
  permissionsIn: "docs/archive.md",
};

const io = {
  settings: {
    archivePrefix: environment.ARCHIVE_PREFIX,
    minAgeHours: environment.MIN_AGE_HOURS,
    lookBackHours: environment.LOOK_BACK_HOURS,
    metricsNamespace: environment.METRICS_NAMESPACE,
  },
  now: Date.now,
  monotonicMs: () => performance.now(),
  // CloudWatch extracts metrics only from a line that is JSON.
  log: (line: Record<string, unknown>) => process.stdout.write(`${JSON.stringify(line)}\n`),
};

/** A run of the schedule, or by hand: see `compact`. */
export const handler = (event: unknown, context: Pick<Context, "getRemainingTimeInMillis">): Promise<void> => {
  const remainingMs = () => context.getRemainingTimeInMillis();
  const retry = retryUntil(REPORT_RESERVE_MS, { remainingMs, sleep: (ms) => sleep(ms), random: Math.random });
  return compact(event, { ...io, remainingMs, bucket: (failed) => new S3Bucket({ ...connections, retry, failed }) });
};
