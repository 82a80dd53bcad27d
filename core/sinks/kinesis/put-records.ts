import { PipelineError } from "../../errors";
import { type AttemptIo, attempt, NOT_SENT } from "../../http/attempt";
import { awsErrorType } from "../../http/aws-json";
import type { HttpResponse } from "../../http/send";
import type { Target } from "../../http/sign";
import { isObject, parsedObject } from "../../json/object";
import { type Failure, type RetryIo, retry } from "../../retry/retry";
import { classify } from "../../retry/rule";
import type { StreamRecord } from "./pack-lines";
import { PUT_RECORDS_RULES, RECORD_RESULT_RULES } from "./put-records-rules";

/** Thrown when a stream takes nothing until somebody acts, or Kinesis is unreachable. */
export class StreamError extends PipelineError {
  override readonly name = "StreamError";
}

export interface PutRecordsIo extends AttemptIo {
  /** Of the stream. */
  streamArn: string;
  retry: RetryIo;
  /** A request with a body of this size is sent. */
  sent(bytes: number): void;
  /** The stream has a record. */
  stored(record: StreamRecord): void;
  /** Records with this number of events failed with a retryable error. */
  failed(reason: string, events: number): void;
}

/** The target to sign for. @param endpoint another endpoint of Kinesis, or "": that of the stream's region */
export function streamTarget(streamArn: string, endpoint: string): Target {
  const region = streamArn.split(":")[3]!;
  const host = `kinesis.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
  return { origin: endpoint || `https://${host}`, service: "kinesis", region };
}

/**
 * Puts records into a stream, and sends those that Kinesis did not take again, and only those, until the deadline. A record of a
 * response that is lost is in the stream twice.
 *
 * @param records up to what a request may hold, see `packLines`
 * @returns whether the stream has all of them
 * @throws StreamError
 */
export async function putStreamRecords(records: readonly StreamRecord[], io: PutRecordsIo): Promise<boolean> {
  let pending = records;
  const exhausted = await retry(async () => {
    const round = await putOnce(pending, io);
    pending = round.pending;
    return round.failure;
  }, io.retry);
  if (exhausted?.by !== "unreachable") return !exhausted;
  const { code, reason, advice } = exhausted.failure;
  throw new StreamError(code, `Kinesis cannot be reached: ${reason}. ${advice}`);
}

interface Round {
  pending: readonly StreamRecord[];
  /** Why they are pending; undefined: none is. */
  failure?: Failure;
}

async function putOnce(records: readonly StreamRecord[], io: PutRecordsIo): Promise<Round> {
  const request = requestOf(records, io.streamArn);
  const result = await attempt(request, io);
  if (result === NOT_SENT) return { pending: records, failure: NOT_SENT };
  io.sent(request.body.length);
  const { reason, ...rule } = "status" in result ? classified(result) : result;
  switch (rule.outcome) {
    case "per item":
      return resultsOf(records, result as HttpResponse, io);
    case "retried":
    case "retried briefly":
    case "isolated":
      io.failed(reason, eventsIn(records));
      return { pending: records, failure: { ...rule, reason } };
    case "returned to Lambda":
      throw new StreamError(rule.code, `Kinesis rejected a request: ${reason}. ${rule.advice}`);
    default:
      return rule satisfies never;
  }
}

/** Of 500 results, each with a shard and a number of 56 digits, or a code and a message. */
const MAX_RESPONSE_BYTES = 1024 * 1024;

function requestOf(records: readonly StreamRecord[], streamArn: string) {
  const headers = { "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "Kinesis_20131202.PutRecords" };
  const Records = records.map(({ lines, partitionKey }) => ({
    Data: Buffer.from(`${lines.join("\n")}\n`).toString("base64"),
    PartitionKey: partitionKey,
  }));
  const body = Buffer.from(JSON.stringify({ StreamARN: streamArn, Records }));
  return { method: "POST", path: "/", headers, body, maxResponseBytes: MAX_RESPONSE_BYTES } as const;
}

function classified({ status, body }: HttpResponse) {
  const type = awsErrorType(body);
  return { ...classify(PUT_RECORDS_RULES, { status, type }), reason: `${status} ${type}`.trim() };
}

/** What Kinesis's codes look like. Anything else in their place is not logged. */
const ERROR_CODE = /^\w{1,64}$/;

function resultsOf(records: readonly StreamRecord[], { body }: HttpResponse, io: PutRecordsIo): Round {
  const results = parsedObject(body)?.Records;
  if (!Array.isArray(results) || results.length !== records.length || !results.every(isResult)) {
    const reason = "200 and no result for each record";
    io.failed(reason, eventsIn(records));
    return { pending: records, failure: { outcome: "retried", reason } };
  }
  const pending: StreamRecord[] = [];
  let failure: Failure | undefined;
  for (const [i, record] of records.entries()) {
    const { ErrorCode } = results[i]!;
    const errorCode = ErrorCode === undefined || ErrorCode === null ? undefined : String(ErrorCode);
    const rule = classify(RECORD_RESULT_RULES, { errorCode });
    switch (rule.outcome) {
      case "acknowledged":
        io.stored(record);
        break;
      case "retried": {
        const reason = ERROR_CODE.test(errorCode!) ? errorCode! : "an unknown error code";
        io.failed(reason, eventsIn([record]));
        pending.push(record);
        failure = { ...rule, reason };
        break;
      }
      default:
        rule satisfies never;
    }
  }
  return { pending, ...(failure && { failure }) };
}

/** A result says that the record is stored by its sequence number: a proxy's `{}` says nothing. */
const isResult = (result: unknown): result is { ErrorCode?: unknown } =>
  isObject(result) && (isText(result.SequenceNumber) || isText(result.ErrorCode));

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";

function eventsIn(records: readonly StreamRecord[]): number {
  return records.reduce((sum, { lines }) => sum + lines.length, 0);
}
