import type { ErrorCode } from "../errors";

/** Outcomes for an event, or for the record, request or object that holds it. docs/outcomes.md prints these and the rules. */
export const OUTCOMES = {
  acknowledged:
    "It is stored where it belongs. Lambda gets the acknowledgement when its record and all before it are settled and archived.",
  "per item": "Each of its events is classified by its own result.",
  retried: "It is sent again with backoff until the deadline; then its record and all after it are returned to Lambda.",
  isolated:
    "Its request is sent again in ever smaller parts, one after the other, until the event that causes the failure is alone. If that keeps failing while probes are answered, it is indexed as text, and if that keeps failing too, rejected. An object for S3 is retried.",
  "retried briefly":
    "It is sent twice more; then the whole batch is returned to Lambda, because Lambda charges for waiting.",
  split: "Its request is sent again in halves, until the event that causes the rejection is alone in one.",
  "sent once more": "The event is sent once more with its fields, after half a second.",
  "indexed as text": "The event is sent again with its whole message as text.",
  "dead-lettered":
    "The archive bucket keeps the record with the reason, for a replay; the other records are delivered.",
  rejected:
    "If a probe of its index is answered: the archive bucket keeps the event with the reason, for a replay; the other events are delivered.",
  believed:
    "Before a rejection, as if the content were the reason; it is no proof against an event that makes its requests fail.",
  "the content is the reason": "The index accepts events; it rejects this one because of what it holds.",
  "returned to Lambda":
    "The invocation fails at once with an error that says what to do; Lambda retries the whole batch.",
  "message retried":
    "Its message alone stays in the queue, which delivers it again, and in the end moves it to the dead-letter queue.",
  quarantined: "The quarantine names the object with the reason, for a redrive; its message is deleted.",
} as const;

export type Outcome = keyof typeof OUTCOMES;

/** Outcomes that can fail a batch or a message: their rules give the error its code and advice. */
type Failing = "retried briefly" | "returned to Lambda" | "message retried";

/** An outcome and, where someone must act, advice for the operator of the domain or the bucket. */
export type Classified<Allowed extends Outcome> = Allowed extends Failing
  ? { outcome: Allowed; code: ErrorCode; advice: string }
  : { outcome: Allowed; advice?: string };

/** A classification rule: condition and outcome, which is one of those that its table allows. */
export type Rule<Subject, Allowed extends Outcome> = Classified<Allowed> & {
  /** The condition, as docs print it; bundles are without it. */
  when: string;
  applies(subject: Subject): boolean;
};

/** Returns the first rule that applies. The last rule of each table applies to everything. */
export function classify<Subject, R extends { applies(subject: Subject): boolean }>(
  rules: readonly R[],
  subject: Subject,
): R {
  return rules.find((rule) => rule.applies(subject))!;
}
