import { createHash } from "node:crypto";

const MAX_LENGTH = 400;
const KEPT_LENGTH = 80;

/** What stands for a message in the audit: the message, or of a long one its beginning, length and hash. */
export function messageName(message: string): string {
  if (message.length <= MAX_LENGTH) return message;
  // Copied: a slice of a string keeps the whole one in memory.
  const start = Buffer.from(message.slice(0, KEPT_LENGTH)).toString();
  return `${start}… (${message.length}, ${createHash("sha256").update(message).digest("hex")})`;
}

/** What stands for an event in the audit: events of two accounts or log groups are two, even if their ids are equal. */
export function eventName(owner: string, logGroup: string, id: string): string {
  return `${id} of ${owner} ${logGroup}`;
}
