import { PipelineError } from "../errors";
import { type AttemptIo, attempt, NOT_SENT } from "../http/attempt";
import { awsErrorType } from "../http/aws-json";
import type { HttpResponse } from "../http/send";
import type { Target } from "../http/sign";
import { type Failure, type RetryIo, retry } from "../retry/retry";
import { classify } from "../retry/rule";
import { SEND_MESSAGE_RULES } from "./send-message-rules";

/** Thrown when SQS does not take a message. */
export class QueueError extends PipelineError {
  override readonly name = "QueueError";
}

export interface SendMessageIo extends AttemptIo {
  queueUrl: string;
  retry: RetryIo;
  /** A request failed with a retryable error. */
  failed(reason: string): void;
}

/** The target to sign for. @param endpoint another SQS endpoint, or "": the host of the queue's URL */
export function queueTarget(queueUrl: string, region: string, endpoint: string): Target {
  return { origin: endpoint || new URL(queueUrl).origin, service: "sqs", region };
}

/**
 * Puts a message on a queue, and retries retryable errors until the deadline. If a response is lost, the queue has the message twice.
 *
 * Source: Amazon SQS Developer Guide "Making Query API requests using AWS JSON protocol".
 *
 * @param body of characters that SQS takes: ASCII
 * @throws QueueError
 */
export async function sendMessage(body: string, io: SendMessageIo): Promise<void> {
  const exhausted = await retry(() => sendOnce(body, io), io.retry);
  if (!exhausted) return;
  const { reason, advice = "SQS delivers the message that was not finished again." } = exhausted.failure;
  const code = exhausted.by === "unreachable" ? exhausted.failure.code : "DEADLINE_PASSED";
  throw new QueueError(code, `SQS did not take a message in time: ${reason}. ${advice}`);
}

async function sendOnce(body: string, io: SendMessageIo): Promise<Failure | undefined> {
  const result = await attempt(requestOf(body, io.queueUrl), io);
  if (result === NOT_SENT) return NOT_SENT;
  const { reason, ...rule } = "status" in result ? classified(result) : result;
  switch (rule.outcome) {
    case "acknowledged":
      return undefined;
    case "retried":
    case "retried briefly":
    case "isolated":
      io.failed(reason);
      return { ...rule, reason };
    case "returned to Lambda":
      throw new QueueError(rule.code, `SQS rejected a message: ${reason}. ${rule.advice}`);
    default:
      return rule satisfies never;
  }
}

/** SQS answers with some hundred bytes; a proxy with a page of its own. */
const MAX_RESPONSE_BYTES = 256 * 1024;

function requestOf(body: string, queueUrl: string) {
  const headers = { "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": "AmazonSQS.SendMessage" };
  const json = JSON.stringify({ QueueUrl: queueUrl, MessageBody: body });
  return { method: "POST", path: "/", headers, body: Buffer.from(json), maxResponseBytes: MAX_RESPONSE_BYTES } as const;
}

function classified({ status, body }: HttpResponse) {
  const type = awsErrorType(body);
  return { ...classify(SEND_MESSAGE_RULES, { status, type }), reason: `${status} ${type}`.trim() };
}
