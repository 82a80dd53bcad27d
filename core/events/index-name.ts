import { encodeLogGroup } from "./encode-log-group";

/** Returns the part of a log group's index names before the day. */
export function indexStem(prefix: string, logGroup: string): string {
  return `${prefix}${encodeLogGroup(logGroup)}-`;
}

/** Returns the index of a log group's events of one UTC day. @param time the event's own, in ISO 8601, so that a retry agrees */
export function indexName(stem: string, time: string): string {
  return stem + time.slice(0, 10).replaceAll("-", ".");
}
