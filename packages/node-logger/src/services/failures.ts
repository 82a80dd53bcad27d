import { shortText } from "../line/short-text";
import type { ServiceFailure } from "./record-service";

/**
 * What becomes of the records that a service has not taken: `retry` sends them again, `apart` sends each in a call of its own, since a
 * smaller call may pass, and `alone` does so, since one of them may have been the reason, and rejects one that is alone already.
 */
export type FailureOutcome = "retry" | "apart" | "alone";

/** A kind of failure: each has a warning of its own. */
export type FailureKind =
  | "throttled"
  | "not-found"
  | "denied"
  | "credentials"
  | "region"
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
 * `CredentialsProviderError` and `resolveRegionConfig`.
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
      /^(CredentialsProviderError|TokenProviderError|ExpiredToken(Exception)?|InvalidClientTokenId|UnrecognizedClientException|InvalidSignatureException|SignatureDoesNotMatch|RequestExpired|RequestTimeTooSkewed|MissingAuthenticationToken(Exception)?|IncompleteSignature)$/,
    ),
    outcome: "retry",
    advice: "check the credentials, and that the clock is right",
  },
  {
    kind: "region",
    applies: ({ message, status }) => status === undefined && /^Region (is missing|not accepted)/.test(message),
    outcome: "retry",
    advice: "set AWS_REGION, or region in clientConfig, and start again",
  },
  {
    // Firehose's ServiceUnavailableException, of a call or a record, says that its quota may be exceeded.
    kind: "throttled",
    applies: ({ code, status }) =>
      /Throttl|ProvisionedThroughputExceeded|LimitExceeded|SlowDown|^ServiceUnavailableException$/.test(code) ||
      status === 429,
    outcome: "retry",
    advice: "add shards, use on-demand capacity, or ask for a higher quota",
  },
  {
    kind: "service",
    applies: codeIs(/^(ServiceUnavailable$|InternalFailure)/),
    outcome: "retry",
    advice: "nothing, unless it lasts",
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
    // Firehose: records are to come from elsewhere.
    kind: "not-found",
    applies: codeIs(/^InvalidSourceException$/),
    outcome: "retry",
    advice: "use a Firehose stream whose source is Direct PUT",
  },
  {
    // By name alone: whatever stands between may answer with any status.
    kind: "refused",
    applies: codeIs(/^(ValidationException|InvalidArgumentException|SerializationException|RequestEntityTooLarge)/),
    outcome: "alone",
    advice: "see the service's message",
  },
  {
    kind: "network",
    applies: ({ status }) => status === 413,
    outcome: "apart",
    advice: "raise the size that a proxy lets through, or lower recordBytes",
  },
  {
    // A page in place of JSON is a SyntaxError of the SDK.
    kind: "network",
    applies: ({ code, status = 0 }) => code === "SyntaxError" || [404, 405, 407, 408].includes(status),
    outcome: "retry",
    advice: "check the endpoint, and whether a proxy answers in the service's place",
  },
  {
    kind: "service",
    applies: ({ status = 0 }) => status >= 400 && status < 500,
    outcome: "retry",
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

/** The result of one record. Either service gives a record that it has taken a text: Kinesis a number, Firehose an id. */
interface RecordResult {
  SequenceNumber?: unknown;
  RecordId?: unknown;
  ErrorCode?: string | undefined;
  ErrorMessage?: string | undefined;
}

/**
 * Reads the results of `count` records. What does not say that a record was taken is a failure: sent twice, its lines are still one
 * document each. If there are more or fewer results than records, nobody knows which is whose.
 */
export function recordFailures(
  results: readonly RecordResult[] | undefined,
  count: number,
): (ServiceFailure | undefined)[] {
  const all = Array.isArray(results) && results.length === count ? results : Array<undefined>(count).fill(undefined);
  return all.map(recordFailure);
}

function recordFailure(result: RecordResult | undefined): ServiceFailure | undefined {
  const { SequenceNumber, RecordId, ErrorCode, ErrorMessage } = result ?? {};
  if (ErrorCode) return { code: ErrorCode, message: ErrorMessage ?? "", status: 200 };
  if (isText(SequenceNumber) || isText(RecordId)) return undefined;
  return { code: "NoResult", message: "the response has no result for the record", status: 200 };
}

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";
