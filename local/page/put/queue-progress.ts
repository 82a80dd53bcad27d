import { isObject } from "../../../core/json/object";
import { parseObjectMessage } from "../../../core/sources/s3/object-message";
import type { FollowedPut } from "./followed-put";

/** Follows puts through the queue: by the messages that functions are invoked with. */
export class QueueProgress {
  /** @param putOf returns the put that is in flight and became an object */
  constructor(private readonly putOf: (bucket: string, key: string) => FollowedPut | undefined) {}

  /** A function is invoked with an event; a message that comes again, or goes on with an object, counts once. */
  invoked(event: unknown): void {
    const records = isObject(event) && Array.isArray(event.Records) ? event.Records : [];
    for (const record of records) {
      if (!isObject(record) || typeof record.body !== "string") continue;
      const message = parseObjectMessage(record.body);
      for (const { object } of message.kind === "objects" ? message.objects : []) {
        const put = this.putOf(object.bucket, object.key);
        // The message was in the queue since it was sent.
        put?.arrived("queue", put.lines, sentOf(record.attributes));
        put?.arrived("function", put.lines);
      }
    }
  }
}

/** In milliseconds since the epoch. */
function sentOf(attributes: unknown): number | undefined {
  const sent = isObject(attributes) ? attributes.SentTimestamp : undefined;
  return typeof sent === "string" && /^\d{1,15}$/.test(sent) ? Number(sent) : undefined;
}
