import { MAX_DELIVERED_AGE_MS } from "../../core/events/limits";

/** Kinds of objects that hold records of Kinesis. */
export const RECORD_KINDS = ["archive", "dead-letter", "rejected", "undelivered"] as const;

/** Kinds that name objects of access logs, which the function `access-logs` reads again. */
export const ACCESS_LOG_KINDS = ["access-logs", "backfill"] as const;

export const KINDS = [...RECORD_KINDS, ...ACCESS_LOG_KINDS] as const;
export type Kind = (typeof KINDS)[number];

export type RecordKind = (typeof RECORD_KINDS)[number];

export const isAccessLogKind = (kind: Kind): boolean => ACCESS_LOG_KINDS.some((each) => each === kind);

/** How late an event can arrive, in hours. */
export const MAX_LATE_HOURS = MAX_DELIVERED_AGE_MS / (60 * 60 * 1000);

export const SINKS = ["endpoint", "stream", "stdout", "queue"] as const;
export type SinkName = (typeof SINKS)[number];
