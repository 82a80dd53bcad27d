import type { Rule } from "../../retry/rule";

/** A complete response of Kinesis to PutRecords. */
export interface PutRecordsResponse {
  status: number;
  /** Of an error, without the namespace before `#`; or "". */
  type: string;
}

/** Classifies the response to PutRecords. Source: Kinesis API Reference, "PutRecords" and "Common errors". */
export const PUT_RECORDS_RULES: readonly Rule<PutRecordsResponse, "per item" | "retried" | "returned to Lambda">[] = [
  { when: "200", applies: ({ status }) => status === 200, outcome: "per item" },
  {
    when: "408, 429, 5xx; 400 ProvisionedThroughputExceededException, ThrottlingException, KMSThrottlingException, LimitExceededException, RequestExpired, …",
    applies: ({ status, type }) =>
      status === 408 ||
      status === 429 ||
      status >= 500 ||
      /Throttl|ThroughputExceeded|^(LimitExceeded|RequestExpired|InternalFailure)/.test(type),
    outcome: "retried",
  },
  {
    when: "401, 403; 400 AccessDeniedException, ExpiredTokenException, UnrecognizedClientException, KMSAccessDeniedException, KMSDisabledException, …",
    applies: ({ status, type }) =>
      status === 401 || status === 403 || /^KMS|AccessDenied|Token|UnrecognizedClient|Signature/.test(type),
    outcome: "returned to Lambda",
    code: "ACCESS_DENIED",
    advice:
      "Check that the function's role may kinesis:PutRecords to TARGET_STREAM_ARN, and kms:GenerateDataKey with its KMS key, if it has one.",
  },
  {
    when: "anything else: ResourceNotFoundException, ValidationException, …",
    applies: () => true,
    outcome: "returned to Lambda",
    code: "UNEXPECTED_RESPONSE",
    advice: "Check that TARGET_STREAM_ARN is the ARN of a stream that exists.",
  },
];

/** Classifies the result of one record. Nothing that a record holds makes Kinesis refuse it for good. */
export const RECORD_RESULT_RULES: readonly Rule<{ errorCode: string | undefined }, "acknowledged" | "retried">[] = [
  { when: "no error code", applies: ({ errorCode }) => errorCode === undefined, outcome: "acknowledged" },
  {
    when: "any error code: ProvisionedThroughputExceededException, InternalFailure, …",
    applies: () => true,
    outcome: "retried",
  },
];
