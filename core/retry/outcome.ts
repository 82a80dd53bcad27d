/** What becomes of an event, or of the record or request that holds it; docs/outcomes.md prints these and the exits. */
export const OUTCOMES = {
  acknowledged:
    "It is where it belongs. Lambda is told so when its record, and each before it, is finished and archived.",
  "by event": "What becomes of each of its events decides.",
  retried:
    "Sent again, with backoff, until the invocation's time is over; then its record and all behind it are given back.",
  "retried briefly":
    "Sent again twice; then the whole batch is given back, because waiting is what Lambda charges for.",
  halved: "Its request is sent again in halves, until the event that is the cause stands alone.",
  "as text": "The event is sent again with its whole message as text.",
  "set aside": "Kept in the archive bucket with the reason, for a replay; the rest goes on.",
  "given back":
    "The invocation fails at once with an error that says what to do; Lambda hands over the whole batch again.",
} as const;

export type Outcome = keyof typeof OUTCOMES;

/** One way in which something can end. */
export interface Exit<T> {
  /** As docs say it. */
  when: string;
  is(what: T): boolean;
  outcome: Outcome;
  /** For whoever operates the domain or the bucket. */
  advice?: string;
}

/** The first of `exits` that fits; the last one of each table fits everything. */
export function exitOf<T>(exits: readonly Exit<T>[], what: T): Exit<T> {
  return exits.find((exit) => exit.is(what))!;
}
