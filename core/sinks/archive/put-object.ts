import { createHash } from "node:crypto";
import { PipelineError } from "../../errors";
import { type AttemptIo, attempt, NOT_SENT } from "../../http/attempt";
import { s3ErrorCode } from "../../http/s3-error";
import type { HttpResponse } from "../../http/send";
import { type Failure, type RetryIo, retry } from "../../retry/retry";
import { classify } from "../../retry/rule";
import type { ArchiveObject } from "./archive-object";
import { S3_RULES } from "./put-rules";

export interface PutIo extends AttemptIo {
  bucket: string;
  pathPrefix: string;
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
  const result = await attempt(putRequest(object, io), io);
  if (result === NOT_SENT) return NOT_SENT;
  const { reason, retryAfterMs, ...rule } =
    "status" in result ? classified(result) : { ...result, retryAfterMs: undefined };
  switch (rule.outcome) {
    case "acknowledged":
      return undefined;
    case "retried":
    case "retried briefly":
    case "isolated":
      io.failed(reason);
      return { ...rule, reason, retryAfterMs };
    case "returned to Lambda":
      throw new ArchiveError(rule.code, `S3 rejected an object for bucket ${io.bucket}: ${reason}. ${rule.advice}`);
    default:
      return rule satisfies never;
  }
}

/** S3 answers a PUT without a body, or with an error of some hundred bytes; a proxy with a page of its own. */
const MAX_RESPONSE_BYTES = 256 * 1024;

/**
 * With a checksum, without which S3 rejects an object in a bucket whose default retention locks it (Amazon S3 API Reference,
 * PutObject: "required for any request to upload an object with a retention period configured using Object Lock"). It is the hash
 * that the signature has, in its other form.
 */
function putRequest({ key, body, contentType, metadata }: ArchiveObject, { pathPrefix }: PutIo) {
  const hash = createHash("sha256").update(body).digest();
  const headers: Record<string, string> = {
    "Content-Type": contentType,
    "X-Amz-Content-Sha256": hash.toString("hex"),
    "x-amz-checksum-sha256": hash.toString("base64"),
    "x-amz-sdk-checksum-algorithm": "SHA256",
  };
  for (const [name, value] of Object.entries(metadata)) headers[`x-amz-meta-${name}`] = value;
  return { method: "PUT", path: pathPrefix + key, headers, body, maxResponseBytes: MAX_RESPONSE_BYTES } as const;
}

function classified({ status, body, retryAfterMs }: HttpResponse) {
  const code = s3ErrorCode(body);
  return { ...classify(S3_RULES, { status, code }), reason: `${status} ${code}`.trim(), retryAfterMs };
}
