import { encodeLogGroup } from "./encode-log-group";

/** The name of a log group's indices up to the day. */
export function indexStem(prefix: string, logGroup: string): string {
  return `${prefix}${encodeLogGroup(logGroup)}-`;
}

/** The index of a log group's events of one UTC day. `time` is ISO 8601: the event's own time, so that a retry agrees. */
export function indexName(stem: string, time: string): string {
  return stem + time.slice(0, 10).replaceAll("-", ".");
}
