import { RetryDeadline, type RunDeadline } from "../../archive/deadlines";
import { failureText } from "../../archive/failure-text";
import { StoppedError, UndeliveredError, UnfinishedError } from "../../archive/outcome-errors";
import { awsErrorType } from "../../core/http/aws-json";
import type { HttpResponse, Send } from "../../core/http/send";
import { isObject, parsedObject } from "../../core/json/object";
import { backoffMs } from "../../core/retry/backoff";
import { classify } from "../../core/retry/rule";
import { ENVIRONMENT } from "../../core/settings/environment";
import { encodeObjectMessage } from "../../core/sources/s3/object-message";
import { SEND_MESSAGE_RULES } from "../../core/sqs/send-message-rules";
import type { ReplaySink } from "./sink";

/** Source: Amazon SQS Developer Guide, "Amazon SQS message quotas". Ten messages of our own are far from the limit for their size. */
const BATCH_MESSAGES = 10;

/** How long a message waits for others, in milliseconds. */
const WAIT_MS = 20;

/** SQS answers with some hundred bytes for each message. */
const MAX_RESPONSE_BYTES = 256 * 1024;

export interface QueueSinkOptions {
  send: Send;
  queueUrl: string;
  deadline: RunDeadline;
}

interface Waiting {
  body: string;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Puts the objects of access logs on the queue of their function, each once in a run: the function reads them again, and finds what is
 * delivered by its ids.
 */
export function queueSink(options: QueueSinkOptions): ReplaySink {
  const sent = new Map<string, Promise<void>>();
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting;
    waiting = [];
    if (batch.length > 0) void sendBatch(batch, options);
  };
  const put = (body: string) =>
    new Promise<void>((resolve, reject) => {
      waiting.push({ body, resolve, reject });
      if (waiting.length >= BATCH_MESSAGES) flush();
      else timer ??= setTimeout(flush, WAIT_MS);
    });
  const putOnce = (body: string): Promise<void> => {
    const earlier = sent.get(body);
    if (earlier) return earlier;
    const promise = put(body);
    sent.set(body, promise);
    // Another object of the quarantine that names it tries again.
    promise.catch(() => sent.delete(body));
    return promise;
  };
  return {
    detectsDuplicates: false,
    async deliver(records, progress) {
      const results = await Promise.allSettled(
        records.map(async ({ toRead }, record) => {
          if (!toRead) return;
          await putOnce(encodeObjectMessage(toRead));
          progress.delivered({ record, position: 0, count: 1 }, false);
        }),
      );
      for (const result of results) if (result.status === "rejected") throw result.reason;
    },
  };
}

/** Settles each message of a batch; sends those again that fail with a retryable error. */
async function sendBatch(batch: readonly Waiting[], { send, queueUrl, deadline }: QueueSinkOptions): Promise<void> {
  const retryDeadline = new RetryDeadline(deadline);
  try {
    let open = batch;
    for (let attempt = 0; ; attempt++) {
      const { failed, reason } = await sendOnce(open, { send, queueUrl, deadline });
      if (failed.size < open.length) retryDeadline.succeeded();
      for (const [i, { resolve }] of open.entries()) if (!failed.has(i)) resolve();
      open = open.filter((_, i) => failed.has(i));
      if (open.length === 0) return;
      batch = open;
      const wait = backoffMs(attempt, Math.random());
      if (wait >= retryDeadline.remainingMs()) {
        throw retryDeadline.isCutShort
          ? new UnfinishedError("is not on the queue")
          : new UndeliveredError(`could not be put on the queue: ${reason}`);
      }
      await deadline.sleep(wait);
    }
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}

/** @returns the positions of the messages that failed with a retryable error, and that error */
async function sendOnce(batch: readonly Waiting[], { send, queueUrl, deadline }: QueueSinkOptions) {
  const Entries = batch.map(({ body }, i) => ({ Id: String(i), MessageBody: body }));
  const request = {
    method: "POST" as const,
    path: "/",
    headers: { "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": "AmazonSQS.SendMessageBatch" },
    body: Buffer.from(JSON.stringify({ QueueUrl: queueUrl, Entries })),
    timeoutMs: 1000 * Number(ENVIRONMENT.REQUEST_TIMEOUT_SECONDS.default),
    maxResponseBytes: MAX_RESPONSE_BYTES,
  };
  const all = new Set(batch.keys());
  let response: HttpResponse;
  try {
    response = await deadline.beforeDeadline(send(request));
  } catch (error) {
    deadline.signal.throwIfAborted();
    return { failed: all, reason: failureText(error) };
  }
  const { status, body } = response;
  const type = awsErrorType(body);
  const reason = `${status} ${type}`.trim();
  const rule = classify(SEND_MESSAGE_RULES, { status, type });
  if (rule.outcome === "retried") return { failed: all, reason };
  if (rule.outcome === "returned to Lambda") {
    throw new StoppedError(
      `Queue ${queueUrl} accepts no messages: ${reason}. ` +
        "Check its URL, and that you may sqs:SendMessage there (and kms:GenerateDataKey and kms:Decrypt for its key).",
    );
  }
  return failedEntries(body);
}

/** Source: Amazon SQS API Reference, "SendMessageBatch": the response is 200 even if all of its messages failed. */
function failedEntries(body: string): { failed: Set<number>; reason: string } {
  const { Failed } = parsedObject(body) ?? {};
  const failed = new Set<number>();
  let reason = "";
  for (const entry of Array.isArray(Failed) ? Failed : []) {
    if (!isObject(entry)) continue;
    failed.add(Number(entry.Id));
    reason = String(entry.Code);
  }
  return { failed, reason };
}
