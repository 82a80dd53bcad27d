import { awsDenial } from "../../http/aws-denial";
import { bucketAddress, objectPath } from "../../http/bucket-address";
import { CONNECTION_RULES } from "../../http/connection-rules";
import { failureReason } from "../../http/failure-reason";
import type { OpenStream, StreamedResponse } from "../../http/node-stream";
import { s3ErrorCode, s3ErrorText } from "../../http/s3-error";
import type { Target } from "../../http/sign";
import { type Failure, type RetryIo, retry } from "../../retry/retry";
import { type Classified, classify } from "../../retry/rule";
import { isAsked, NOT_ASKED } from "./asked-object";
import { GET_RULES } from "./get-rules";
import { SourceObjectError } from "./object-error";
import { unreadableObject } from "./object-failures";
import { isRegion, type SourceObject } from "./source-object";

export interface GetIo {
  /** Returns what sends to a target. */
  stream(target: Target): OpenStream;
  /** The function's region. */
  region: string;
  /** Another S3 endpoint, or "". */
  endpoint: string;
  /** Limit for the headers, and then for each part of the body, in milliseconds. */
  requestTimeoutMs: number;
  retry: RetryIo;
  /** A request failed with a retryable error. */
  failed(reason: string): void;
}

/** Opens a version of an object from an offset on. @throws SourceObjectError */
export type GetObject = (object: SourceObject, from: number) => Promise<StreamedResponse>;

/** S3's errors have some hundred bytes; a proxy's page may have more. */
const MAX_ERROR_BYTES = 64 * 1024;

/** How many connections' owners are kept: far more than a function has buckets. */
const MAX_KNOWN = 1000;

type Result = { response: StreamedResponse } | { otherRegion: string } | Failure | Fatal;
type Fatal = (Classified<"quarantined"> | Classified<"message retried">) & { reason: string };

/** Makes what gets objects, from whatever region a bucket is in, with retries until the deadline. */
export function objectGetter(io: GetIo): GetObject {
  const streams = new Map<string, OpenStream>();
  const regions = new Map<string, string>();

  return async (object, from) => {
    let opened: StreamedResponse | undefined;
    const exhausted = await retry(async () => {
      const result = await getFrom(object, from, regions.get(object.bucket) ?? object.region ?? io.region);
      if ("response" in result) {
        opened = result.response;
        return undefined;
      }
      if (result.outcome === "quarantined") throw unreadableObject(result.reason, result.advice);
      if (result.outcome === "message retried")
        throw new SourceObjectError(result.code, result.outcome, result.reason, result.advice);
      io.failed(result.reason);
      return result;
    }, io.retry);
    if (opened) return opened;
    const { reason } = exhausted!.failure;
    if (exhausted!.by === "deadline") throw new SourceObjectError("DEADLINE_PASSED", "message retried", reason);
    const { code, advice } = exhausted!.failure;
    throw new SourceObjectError(code, "message retried", reason, advice);
  };

  async function getFrom(
    object: SourceObject,
    from: number,
    region: string,
  ): Promise<Exclude<Result, { otherRegion: string }>> {
    const result = await getOnce(object, from, region);
    if (!("otherRegion" in result)) return result;
    if (regions.size >= MAX_KNOWN) regions.clear();
    regions.set(object.bucket, result.otherRegion);
    const second = await getOnce(object, from, result.otherRegion);
    return "otherRegion" in second ? wrongRegion(second.otherRegion) : second;
  }

  async function getOnce(object: SourceObject, from: number, region: string): Promise<Result> {
    const timeoutMs = Math.min(io.requestTimeoutMs, io.retry.remainingMs());
    if (timeoutMs <= 0) return { reason: "no time was left", outcome: "retried" };
    const address = bucketAddress(object.bucket, region, io.endpoint);
    const headers = { "If-Match": `"${object.etag}"`, ...(from > 0 && { Range: `bytes=${from}-` }) };
    try {
      const open = streamTo(address.target);
      const response = await open({ path: objectPath(address, object.key), headers, timeoutMs });
      if (isAsked(response, object, from)) return { response };
      return await failureOf(response, region);
    } catch (error) {
      const { applies: _, ...rule } = classify(CONNECTION_RULES, error);
      const reason = failureReason(error);
      return rule.outcome === "returned to Lambda"
        ? { ...rule, outcome: "message retried", reason }
        : { ...rule, reason };
    }
  }

  function streamTo(target: Target): OpenStream {
    const key = `${target.origin} ${target.region}`;
    if (!streams.has(key)) {
      if (streams.size >= MAX_KNOWN) streams.clear();
      streams.set(key, io.stream(target));
    }
    return streams.get(key)!;
  }
}

/** What a response without the object says. */
async function failureOf(response: StreamedResponse, region: string): Promise<Result> {
  const { status, headers } = response;
  const body = await errorBody(response);
  const code = s3ErrorCode(body);
  const named = headers["x-amz-bucket-region"] ?? s3ErrorText(body, "Region");
  const isElsewhere = status === 301 || status === 307 || code === "AuthorizationHeaderMalformed";
  if (isElsewhere && isRegion(named) && named !== region) return { otherRegion: named };
  const message = s3ErrorText(body, "Message");
  const isKms = code.startsWith("KMS.") || ((status === 403 || status === 400) && KMS.test(message));
  const { applies: _, ...rule } = classify(GET_RULES, { status, code, isKms });
  const reason = `${status} ${code}${isKms ? " of the object's KMS key" : ""}`.trim();
  if (rule.outcome === "acknowledged")
    return { outcome: "message retried", code: "UNEXPECTED_RESPONSE", reason, advice: NOT_ASKED };
  if (rule.outcome === "retried") return { ...rule, reason };
  const denial = awsDenial(message);
  return { ...rule, reason, advice: `${rule.advice}${denial && ` S3 says: ${denial}`}` } as Fatal;
}

const wrongRegion = (region: string): Fatal => ({
  outcome: "message retried",
  code: "UNEXPECTED_RESPONSE",
  reason: "redirected from region to region",
  advice: `S3 names ${region} in the end. Check the bucket, and AWS_ENDPOINT_URL_S3 if it is set.`,
});

/** Sources: AWS KMS API Reference "Decrypt" and "Common Errors"; IAM's denials name the action. */
const KMS = /\bkms:[A-Z]|\bKMS\b|customer master key/;

async function errorBody({ body, close }: StreamedResponse): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of body) {
    parts.push(part);
    length += part.length;
    if (length > MAX_ERROR_BYTES) close();
    if (length > MAX_ERROR_BYTES) break;
  }
  return Buffer.concat(parts).toString();
}
