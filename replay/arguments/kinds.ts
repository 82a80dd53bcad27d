import { MAX_DELIVERED_AGE_MS } from "../../core/events/limits";

export const KINDS = ["archive", "dead-letter", "rejected", "undelivered"] as const;
export type Kind = (typeof KINDS)[number];

/** How late an event can arrive, in hours. */
export const MAX_LATE_HOURS = MAX_DELIVERED_AGE_MS / (60 * 60 * 1000);

export const SINKS = ["endpoint", "stream", "stdout"] as const;
export type SinkName = (typeof SINKS)[number];
