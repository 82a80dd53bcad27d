import type { KinesisStreamRecord } from "aws-lambda";
import type { InvocationResult } from "../../lambda/instance";
import { arrivalOf } from "./event";
import { processedRecords } from "./response";
import type { StreamMappingSettings } from "./settings";

/** Records to invoke the function with, and the history of their earlier invocations. */
export interface Attempt {
  readonly records: readonly KinesisStreamRecord[];
  /** Retry attempts used so far. */
  readonly retryAttempts: number;
  readonly invocations: number;
  /** Set when their last invocation returned an error. */
  readonly functionError?: "Unhandled";
}

/** Why the event source mapping discards records. Source: Lambda Developer Guide "Retain discarded batch records for a Kinesis Data Streams event source". */
export type DiscardCondition = "RetryAttemptsExhausted" | "RecordAgeExceeded";

export interface Discarded {
  readonly attempt: Attempt;
  readonly condition: DiscardCondition;
}

export interface NextAttempts {
  /** Attempts to invoke next, in this order. */
  readonly pending: readonly Attempt[];
  readonly discarded?: Discarded;
}

type ErrorHandling = Pick<
  StreamMappingSettings,
  "bisectBatchOnFunctionError" | "reportBatchItemFailures" | "maximumRetryAttempts" | "maximumRecordAgeSeconds"
>;

/** Discards records older than the maximum record age, before an invocation. */
export function withoutExpired(attempt: Attempt, settings: ErrorHandling, now: number): NextAttempts {
  const oldest = now - settings.maximumRecordAgeSeconds * 1000;
  const firstYoung = attempt.records.findIndex((record) => arrivalOf(record) >= oldest);
  if (firstYoung === 0) return { pending: [attempt] };
  const expired = firstYoung === -1 ? attempt.records.length : firstYoung;
  const young = attempt.records.slice(expired);
  return {
    pending: young.length > 0 ? [{ ...attempt, records: young }] : [],
    discarded: {
      attempt: { ...attempt, records: attempt.records.slice(0, expired) },
      condition: "RecordAgeExceeded",
    },
  };
}

/**
 * Decides after an invocation which records to retry, and which to discard.
 *
 * Source: Lambda Developer Guide "Configure partial batch response with Kinesis Data Streams and Lambda" and the page that
 * `DiscardCondition` names: splitting a batch does not use up a retry attempt.
 */
export function afterInvocation(attempt: Attempt, result: InvocationResult, settings: ErrorHandling): NextAttempts {
  const { records, retryAttempts: retries } = attempt;
  const { functionError: _, ...unfailed } = attempt;
  const invoked: Attempt = {
    ...unfailed,
    invocations: attempt.invocations + 1,
    ...(result.functionError && { functionError: result.functionError }),
  };
  const finished = processedRecords(result, records, settings.reportBatchItemFailures);
  if (finished === records.length) return { pending: [] };
  if (settings.bisectBatchOnFunctionError && finished === undefined && records.length > 1) {
    const middle = Math.ceil(records.length / 2);
    return {
      pending: [records.slice(0, middle), records.slice(middle)].map((half) => ({ ...invoked, records: half })),
    };
  }
  const rest = { ...invoked, records: records.slice(finished) };
  // Bisected at the checkpoint that the function returned, unless that is the first record.
  if (settings.bisectBatchOnFunctionError && finished) return { pending: [rest] };
  if (retries >= settings.maximumRetryAttempts) {
    return { pending: [], discarded: { attempt: rest, condition: "RetryAttemptsExhausted" } };
  }
  return { pending: [{ ...rest, retryAttempts: retries + 1 }] };
}
