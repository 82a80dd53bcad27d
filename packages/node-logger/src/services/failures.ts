import { shortText } from "../line/short-text";
import type { ServiceFailure } from "./record-service";

/**
 * What becomes of the records that a service has not taken: `retry` sends them again, `alone` sends each in a call of its own, since
 * one of them may have been the reason, and rejects one that is alone already.
 */
export type FailureOutcome = "retry" | "alone";

/** A kind of failure: each has a warning of its own. */
export type FailureKind =
  | "throttled"
  | "not-found"
  | "denied"
  | "credentials"
  | "refused"
  | "client"
  | "network"
  | "service";

interface FailureRule {
  kind: FailureKind;
  applies: (failure: ServiceFailure) => boolean;
  outcome: FailureOutcome;
  /** What to do about it. */
  advice: string;
}

const codeIs =
  (pattern: RegExp) =>
  ({ code }: ServiceFailure): boolean =>
    pattern.test(code);

/**
 * The first rule that applies decides. What an operator can fix is retried: lines are kept as long as memory or the spill file has room.
 *
 * Sources: Kinesis API Reference, "PutRecords" and "Common Errors"; Firehose API Reference, "PutRecordBatch"; AWS SDK for JavaScript,
 * `CredentialsProviderError`.
 */
const RULES: readonly FailureRule[] = [
  {
    kind: "client",
    applies: codeIs(/^(ERR_MODULE_NOT_FOUND|MODULE_NOT_FOUND)$/),
    outcome: "retry",
    advice: "install the AWS SDK's client, see the README",
  },
  {
    kind: "credentials",
    applies: codeIs(
      /^(CredentialsProviderError|TokenProviderError|ExpiredToken(Exception)?|InvalidClientTokenId|UnrecognizedClientException|InvalidSignatureException|SignatureDoesNotMatch|MissingAuthenticationToken(Exception)?|IncompleteSignature)$/,
    ),
    outcome: "retry",
    advice: "check the credentials, and that the clock is right",
  },
  {
    kind: "throttled",
    applies: ({ code, status }) =>
      /Throttl|ProvisionedThroughputExceeded|LimitExceeded|SlowDown/.test(code) || status === 429,
    outcome: "retry",
    advice: "add shards, use on-demand capacity, or ask for a higher quota",
  },
  {
    // Firehose says so while it is throttled, too. Source: "PutRecordBatch".
    kind: "service",
    applies: codeIs(/^(ServiceUnavailable|InternalFailure)/),
    outcome: "retry",
    advice: "nothing, unless it lasts; Firehose answers so beyond its quota, too",
  },
  {
    kind: "not-found",
    applies: codeIs(/^(ResourceNotFoundException|ResourceInUseException)$/),
    outcome: "retry",
    advice: "create it, or correct its name, the account or the region",
  },
  {
    kind: "denied",
    applies: ({ code, status }) =>
      /AccessDenied|NotAuthorized|KMS|OptedOut|OptInRequired/.test(code) || status === 403 || status === 401,
    outcome: "retry",
    advice: "allow the role to put records, and to use the key of the stream",
  },
  {
    kind: "refused",
    applies: ({ code, status }) =>
      /^(ValidationException|InvalidArgumentException|SerializationException|InvalidSourceException|RequestEntityTooLarge)/.test(
        code,
      ) ||
      (status !== undefined && status >= 400 && status < 500),
    outcome: "alone",
    advice: "see the service's message",
  },
  {
    kind: "service",
    applies: ({ status }) => status !== undefined,
    outcome: "retry",
    advice: "nothing, unless it lasts",
  },
  {
    kind: "network",
    applies: () => true,
    outcome: "retry",
    advice: "check the network, the endpoint and its certificate",
  },
];

/** Returns what a failure is, and what becomes of its records. */
export function failureRuleOf(failure: ServiceFailure): Omit<FailureRule, "applies"> {
  return RULES.find(({ applies }) => applies(failure))!;
}

/** Reads what an SDK throws. */
export function failureOf(thrown: unknown): ServiceFailure {
  const { name, code, message, $metadata } = (typeof thrown === "object" && thrown !== null ? thrown : {}) as {
    name?: unknown;
    code?: unknown;
    message?: unknown;
    $metadata?: { httpStatusCode?: number };
  };
  const named = typeof name === "string" && name !== "Error" && name !== "TypeError" ? name : code;
  return {
    code: typeof named === "string" ? named : "Error",
    message: typeof message === "string" ? shortText(message) : shortText(thrown),
    status: $metadata?.httpStatusCode,
  };
}

/** Reads the result of one record: in either service it has a code if the record was not taken. */
export function recordFailure(
  result: { ErrorCode?: string | undefined; ErrorMessage?: string | undefined } | undefined,
): ServiceFailure | undefined {
  if (!result) return { code: "NoResult", message: "the response has no result for the record", status: 200 };
  const { ErrorCode, ErrorMessage } = result;
  return ErrorCode ? { code: ErrorCode, message: ErrorMessage ?? "", status: 200 } : undefined;
}
