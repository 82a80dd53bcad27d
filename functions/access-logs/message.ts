import type { SQSRecord } from "aws-lambda";
import { unreadableMessageObject } from "../../core/pipelines/object-quarantine";
import { encodeObjectMessage, type ObjectToRead, parseObjectMessage } from "../../core/sources/s3/object-message";
import { sendMessage } from "../../core/sqs/send-message";
import { quarantine } from "./chunk";
import type { InvocationIo } from "./io";
import { deliverObject, nameOf } from "./object";

/** Why a message goes back to the queue. */
export interface Unprocessed {
  /** undefined: the deadline has passed. */
  error?: unknown;
}

/**
 * Delivers the objects that a message names, one after another. What is left of them when the time is over is put on the queue
 * first; then the message is acknowledged. Never rejects.
 *
 * @returns undefined: the message is acknowledged
 */
export async function deliverMessage(record: SQSRecord, io: InvocationIo): Promise<Unprocessed | undefined> {
  try {
    const message = parseObjectMessage(record.body);
    const sent = Number(record.attributes.SentTimestamp);
    switch (message.kind) {
      case "test":
        return undefined;
      case "unreadable":
        await quarantineBody(record.body, [message.reason], sent, io);
        return undefined;
      case "objects":
        if (message.unreadable.length > 0) await quarantineBody(record.body, message.unreadable, sent, io);
        return await deliverObjects(message.objects, sent, io);
    }
  } catch (error) {
    return { error };
  }
}

async function quarantineBody(body: string, reasons: readonly string[], sent: number, io: InvocationIo): Promise<void> {
  const reason = `the message ${[...new Set(reasons)].join(", ")}`;
  const message = { reason, sent, object: undefined, body };
  await quarantine(unreadableMessageObject(io.settings.quarantinePrefix, message), io);
  io.report.add("UnreadableObjects", reasons.length);
  io.report.warned(`Quarantined a message: ${reason}.`);
}

async function deliverObjects(
  objects: readonly ObjectToRead[],
  sent: number,
  io: InvocationIo,
): Promise<Unprocessed | undefined> {
  const rest: ObjectToRead[] = [];
  let hasProgress = objects.length === 0;
  let error: unknown;
  for (const toRead of objects) {
    // Other messages of the batch took the time: a delivery that has not begun must not count as a failed one.
    if (io.delivery.remainingMs() <= 0) {
      rest.push(toRead);
      hasProgress = true;
      continue;
    }
    const outcome = await deliverObject(toRead, sent, io);
    if (outcome.kind === "settled") {
      hasProgress = true;
      continue;
    }
    rest.push(outcome.rest);
    hasProgress ||= outcome.hasProgress;
    error ??= outcome.error;
  }
  if (!hasProgress) return unprocessed(rest, error, io);
  for (const toRead of rest) await putBack(toRead, io);
  if (error !== undefined) io.report.failed("object", String(error));
  return undefined;
}

/** @throws QueueError */
async function putBack(toRead: ObjectToRead, io: InvocationIo): Promise<void> {
  await sendMessage(encodeObjectMessage(toRead), {
    ...io.queue,
    retry: io.queueing,
    failed: (reason) => io.report.failed("queue", reason),
  });
  io.report.add("Continuations");
}

function unprocessed(rest: readonly ObjectToRead[], error: unknown, io: InvocationIo): Unprocessed {
  for (const { object, position } of rest) {
    const reason = error === undefined ? "no line was settled before the deadline" : String(error);
    io.report.warned(`Not finished: ${nameOf(object)}, from line ${position?.line ?? 0} on: ${reason}`);
  }
  return { ...(error !== undefined && { error }) };
}
