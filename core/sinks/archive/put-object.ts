import { PipelineError } from "../../errors";
import { CONNECTION_RULES } from "../../http/connection-rules";
import { failureReason } from "../../http/failure-reason";
import type { Send } from "../../http/send";
import type { Target } from "../../http/sign";
import { type Failure, type RetryIo, retry } from "../../retry/retry";
import { classify } from "../../retry/rule";
import type { ArchiveObject } from "./archive-object";
import { S3_RULES } from "./put-rules";

/** The address of a bucket: the target to sign for, and the path before each key. */
export interface BucketAddress {
  target: Target;
  pathPrefix: string;
}

/**
 * Returns the bucket's address: virtual-hosted-style, or path-style at another endpoint and for a name with dots, which TLS
 * certificates do not cover. Source: Amazon S3 User Guide "Virtual hosting of general purpose buckets".
 *
 * @param endpoint another S3 endpoint, or ""
 */
export function bucketAddress(bucket: string, region: string, endpoint: string): BucketAddress {
  const host = `s3.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
  const byPath = endpoint !== "" || bucket.includes(".");
  const origin = endpoint || `https://${byPath ? host : `${bucket}.${host}`}`;
  return { target: { origin, service: "s3", region }, pathPrefix: byPath ? `/${bucket}/` : "/" };
}

export interface PutIo {
  send: Send;
  bucket: string;
  pathPrefix: string;
  requestTimeoutMs: number;
  retry: RetryIo;
  /** An object failed with a retryable error. */
  failed(reason: string): void;
}

/** Thrown when S3 does not store an object. */
export class ArchiveError extends PipelineError {
  override readonly name = "ArchiveError";
}

/**
 * Puts `object` into the bucket, and retries retryable errors until the deadline.
 *
 * @throws ArchiveError
 */
export async function putObject(object: ArchiveObject, io: PutIo): Promise<void> {
  const exhausted = await retry(() => putOnce(object, io), io.retry);
  if (!exhausted) return;
  const { reason, advice = "Lambda retries the batch." } = exhausted.failure;
  const code = exhausted.by === "unreachable" ? exhausted.failure.code : "DEADLINE_PASSED";
  throw new ArchiveError(code, `S3 did not store an object in bucket ${io.bucket} in time: ${reason}. ${advice}`);
}

/** Returns the retryable failure, or undefined after success. */
async function putOnce(object: ArchiveObject, io: PutIo): Promise<Failure | undefined> {
  const timeoutMs = Math.min(io.requestTimeoutMs, io.retry.remainingMs());
  if (timeoutMs <= 0) return { reason: "no time was left", outcome: "retried" };
  const { reason, retryAfterMs, ...rule } = await put(object, timeoutMs, io);
  switch (rule.outcome) {
    case "acknowledged":
      return undefined;
    case "retried":
    case "retried briefly":
      io.failed(reason);
      return { ...rule, reason, retryAfterMs };
    case "returned to Lambda":
      throw new ArchiveError(rule.code, `S3 rejected an object for bucket ${io.bucket}: ${reason}. ${rule.advice}`);
    default:
      return rule satisfies never;
  }
}

async function put({ key, body, contentType, metadata }: ArchiveObject, timeoutMs: number, io: PutIo) {
  const headers: Record<string, string> = { "Content-Type": contentType };
  for (const [name, value] of Object.entries(metadata)) headers[`x-amz-meta-${name}`] = value;
  try {
    const response = await io.send({ method: "PUT", path: io.pathPrefix + key, headers, body, timeoutMs });
    const { status, retryAfterMs } = response;
    const code = /<Code>([\w.]+)<\/Code>/.exec(response.body)?.[1] ?? "";
    return { ...classify(S3_RULES, { status, code }), reason: `${status} ${code}`.trim(), retryAfterMs };
  } catch (error) {
    return { ...classify(CONNECTION_RULES, error), reason: failureReason(error), retryAfterMs: undefined };
  }
}
