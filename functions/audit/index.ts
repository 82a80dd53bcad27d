import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "aws-lambda";
import { S3Bucket } from "../../core/compaction/s3-bucket";
import { bucketAddress } from "../../core/http/bucket-address";
import { lambdaSend, lambdaStream } from "../../core/http/lambda-send";
import { searchSend } from "../../core/http/search-send";
import { retryUntil } from "../../core/retry/retry";
import { maxAuditedIds, parseAuditEnvironment } from "../../core/settings/audit";
import { ArchiveBucket } from "./archive-bucket";
import { AUDIT_RESERVE_MS, auditHours } from "./audit-hours";

const environment = parseAuditEnvironment(process.env);

const address = bucketAddress(environment.ARCHIVE_BUCKET, environment.AWS_REGION, environment.AWS_ENDPOINT_URL_S3);

/** To the headers of an object, and then between two parts of it, in milliseconds. */
const REQUEST_TIMEOUT_MS = 30_000;

const connections = {
  bucket: environment.ARCHIVE_BUCKET,
  address,
  send: lambdaSend(address.target),
  stream: lambdaStream(address.target),
  requestTimeoutMs: REQUEST_TIMEOUT_MS,
  permissionsIn: "docs/audit.md",
  failed: () => {},
};

const io = {
  settings: {
    archivePrefix: environment.ARCHIVE_PREFIX,
    searchEndpoint: environment.SEARCH_ENDPOINT,
    region: environment.AWS_REGION,
    minAgeHours: environment.MIN_AGE_HOURS,
    lookBackHours: environment.LOOK_BACK_HOURS,
    recordMaxBytes: environment.RECORD_MAX_BYTES,
    maxIds: maxAuditedIds(environment),
    metricsNamespace: environment.METRICS_NAMESPACE,
  },
  send: searchSend(environment),
  sleep: (ms: number) => sleep(ms),
  random: Math.random,
  now: Date.now,
  monotonicMs: () => performance.now(),
  // CloudWatch extracts metrics only from a line that is JSON.
  log: (line: Record<string, unknown>) => process.stdout.write(`${JSON.stringify(line)}\n`),
};

/** A run of the schedule: see `auditHours`. */
export const handler = (event: unknown, context: Pick<Context, "getRemainingTimeInMillis">): Promise<void> => {
  const remainingMs = () => context.getRemainingTimeInMillis();
  const retry = retryUntil(AUDIT_RESERVE_MS, { remainingMs, sleep: io.sleep, random: io.random });
  const bucket = new ArchiveBucket(new S3Bucket({ ...connections, retry }), environment.ARCHIVE_BUCKET);
  return auditHours(event, { ...io, remainingMs, bucket });
};
