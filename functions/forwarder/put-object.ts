import { backoffMs } from "../shared/backoff";
import { failureReason } from "../shared/failure-reason";
import type { Send, Target } from "../shared/signed-client";
import type { ArchiveObject } from "./archive";

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

export interface PutIo {
  send: Send;
  bucket: string;
  pathPrefix: string;
  requestTimeoutMs: number;
  /** Milliseconds until the invocation has to end. */
  remainingMs(): number;
  sleep(ms: number): Promise<void>;
  random(): number;
}

/** Thrown when the archive did not take an object. `message` says what to do. */
export class ArchiveError extends Error {
  override readonly name = "ArchiveError";
}

/**
 * Puts `object` into the bucket; what fails for a passing reason (network, 429, 5xx) is tried again until the time is
 * over.
 *
 * @throws ArchiveError
 */
export async function putObject(object: ArchiveObject, io: PutIo): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const failure = await putOnce(object, io);
    if (failure === undefined) return;
    const wait = backoffMs(attempt, io.random());
    if (wait >= io.remainingMs()) {
      throw new ArchiveError(
        `S3 did not take an object for bucket ${io.bucket} in time: ${failure}. Lambda tries again.`,
      );
    }
    await io.sleep(wait);
  }
}

/** Returns the passing failure, or undefined after success. */
async function putOnce({ key, body, contentType, metadata }: ArchiveObject, io: PutIo): Promise<string | undefined> {
  const headers: Record<string, string> = { "Content-Type": contentType };
  for (const [name, value] of Object.entries(metadata)) headers[`x-amz-meta-${name}`] = value;
  const timeoutMs = Math.min(io.requestTimeoutMs, io.remainingMs());
  if (timeoutMs <= 0) return "no time was left";
  try {
    const response = await io.send({ method: "PUT", path: io.pathPrefix + key, headers, body, timeoutMs });
    if (response.status === 200) return undefined;
    const detail = `${response.status} ${/<Code>(\w+)<\/Code>/.exec(response.body)?.[1] ?? ""}`.trim();
    if (response.status === 429 || response.status >= 500) return detail;
    throw new ArchiveError(
      `S3 refused an object for bucket ${io.bucket}: ${detail}. Check that the bucket exists in this region and that ` +
        "the function's role may s3:PutObject there (and use its KMS key, if it has one).",
    );
  } catch (error) {
    if (error instanceof ArchiveError) throw error;
    return failureReason(error);
  }
}
