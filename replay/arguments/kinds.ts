export const KINDS = ["archive", "dead-letter", "rejected", "undelivered"] as const;
export type Kind = (typeof KINDS)[number];

/** Maximum age of an event that PutLogEvents accepts, in hours. Source: CloudWatch Logs "PutLogEvents". */
export const MAX_LATE_HOURS = 14 * 24;

export const SINKS = ["endpoint", "stream", "stdout"] as const;
export type SinkName = (typeof SINKS)[number];
