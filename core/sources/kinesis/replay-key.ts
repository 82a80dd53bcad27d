import { createHash } from "node:crypto";

const REPLAY_KEY = /^replay:[0-9a-f]{32}$/;

/**
 * Returns the partition key that marks a record as a replay's: its events have the ids and times that they were indexed with. What
 * a log line says cannot mark it, for only who puts a record chooses its key.
 *
 * @param key the record's earlier key, or its log stream: records of one stay in order
 */
export function replayKey(key: string): string {
  return isReplayKey(key) ? key : `replay:${createHash("md5").update(key).digest("hex")}`;
}

export function isReplayKey(partitionKey: string): boolean {
  return REPLAY_KEY.test(partitionKey);
}
