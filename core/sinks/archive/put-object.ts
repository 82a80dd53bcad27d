import { CONNECTION_EXITS } from "../../http/connection-rules";
import { failureReason } from "../../http/failure-reason";
import type { Send, Target } from "../../http/signed-client";
import { exitOf } from "../../retry/outcome";
import { type Failure, type RetryIo, retried } from "../../retry/retry";
import type { ArchiveObject } from "./archive-object";
import { S3_EXITS } from "./put-rules";

/** Where a bucket is reached: the target to sign for, and what stands before each key in the path. */
export interface BucketAddress {
  target: Target;
  pathPrefix: string;
}

/**
 * The bucket's address: virtual-hosted-style, or path-style at another endpoint and for a name with dots, which TLS
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

export interface PutIo extends RetryIo {
  send: Send;
  bucket: string;
  pathPrefix: string;
  requestTimeoutMs: number;
  /** An object failed for a passing reason. */
  failed(reason: string): void;
}

/** Thrown when the archive did not take an object. `message` says what to do. */
export class ArchiveError extends Error {
  override readonly name = "ArchiveError";
}

/**
 * Puts `object` into the bucket; what fails for a passing reason is tried again until the time is over.
 *
 * @throws ArchiveError
 */
export async function putObject(object: ArchiveObject, io: PutIo): Promise<void> {
  const last = await retried(() => putOnce(object, io), io);
  if (!last) return;
  const advice = last.advice ?? "Lambda tries again.";
  throw new ArchiveError(`S3 did not take an object for bucket ${io.bucket} in time: ${last.reason}. ${advice}`);
}

/** Returns the passing failure, or undefined after success. */
async function putOnce({ key, body, contentType, metadata }: ArchiveObject, io: PutIo): Promise<Failure | undefined> {
  const headers: Record<string, string> = { "Content-Type": contentType };
  for (const [name, value] of Object.entries(metadata)) headers[`x-amz-meta-${name}`] = value;
  const timeoutMs = Math.min(io.requestTimeoutMs, io.remainingMs());
  if (timeoutMs <= 0) return { reason: "no time was left", outcome: "retried" };
  const failure = await io.send({ method: "PUT", path: io.pathPrefix + key, headers, body, timeoutMs }).then(
    ({ status, body, retryAfterMs }) => {
      const code = /<Code>([\w.]+)<\/Code>/.exec(body)?.[1] ?? "";
      return { ...exitOf(S3_EXITS, { status, code }), reason: `${status} ${code}`.trim(), retryAfterMs };
    },
    (error) => ({ ...exitOf(CONNECTION_EXITS, error), reason: failureReason(error), retryAfterMs: 0 }),
  );
  const { outcome, reason, advice, retryAfterMs } = failure;
  if (outcome === "acknowledged") return undefined;
  if (outcome === "given back") {
    throw new ArchiveError(`S3 refused an object for bucket ${io.bucket}: ${reason}. ${advice}`);
  }
  io.failed(reason);
  return { reason, outcome: outcome as Failure["outcome"], advice, retryAfterMs };
}
