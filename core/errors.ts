interface ErrorCodeMeaning {
  /** Whether the same call can succeed later without intervention. */
  retryable: boolean;
  meaning: string;
  remedy: string;
}

/** Codes of the errors of the library and the constructs. They are stable, so alarms and log queries can match them. docs/errors.md prints them. */
export const ERROR_CODES = {
  ACCESS_DENIED: {
    retryable: false,
    meaning:
      "The search endpoint, S3, SQS, Kinesis or Secrets Manager denies a request: missing permission, wrong or expired credentials.",
    remedy: "Grant the permission that the message names.",
  },
  ALL_EVENTS_REJECTED: {
    retryable: false,
    meaning:
      "An index rejects every event, whatever it holds: even a probe, which has the pipeline's own fields alone.",
    remedy: "Let the index accept the fields of docs/documents.md, and ids of documents.",
  },
  ARCHIVE_LOCKED: {
    retryable: false,
    meaning: "The archive bucket has Object Lock, so nothing in it can be compacted.",
    remedy: "Remove `archive_compaction`.",
  },
  ARCHIVE_NOT_COMPACTED: {
    retryable: true,
    meaning: "Hours of a log group or stream could not be compacted. Their lines stay where they were.",
    remedy: "Read `failures` and `notCompacted` in the log of the run. The next run tries again.",
  },
  DEADLINE_PASSED: {
    retryable: true,
    meaning:
      "S3 did not store an object, or SQS did not take a message, before the invocation's deadline, however often it was sent.",
    remedy: "None unless it persists: Lambda retries the batch, SQS delivers the message again.",
  },
  HOURS_NOT_COMPARED: {
    retryable: true,
    meaning: "The function `audit` could not compare archive and index of all its hours.",
    remedy:
      "Read `notCompared`, `notRead` and the message in the log of the run. `npm run audit` compares the hours when the cause is mended.",
  },
  INDICES_NOT_DELETED: {
    retryable: true,
    meaning: "The clean-up function could not delete an index; the others are deleted.",
    remedy: "Read `failures` in the log line of the run. The next run tries again.",
  },
  INVALID_ENVIRONMENT: {
    retryable: false,
    meaning: "Environment variables of the function are missing or have values that are not allowed.",
    remedy: "Correct every variable that the message lists.",
  },
  INVALID_EVENT: {
    retryable: false,
    meaning: "The event that `archive-compaction` or `audit` was invoked with cannot be read.",
    remedy: "Correct each value that the message lists.",
  },
  INVALID_PROPS: {
    retryable: false,
    meaning: "A construct has props, or Terraform variables, that are not allowed.",
    remedy: "Correct every value that the message lists.",
  },
  OBJECT_UNREADABLE: {
    retryable: false,
    meaning: "An object of access logs, or the rest of it, cannot be read, and never will be: `message` says why.",
    remedy: "None at once: the quarantine names the object, for a redrive after the cause is mended.",
  },
  SECRET_UNUSABLE: {
    retryable: false,
    meaning: "The secret with the credentials of the search endpoint does not exist, or holds none.",
    remedy: "Give the secret what the message asks for; nobody has to restart the function.",
  },
  STALE_LINES: {
    retryable: false,
    meaning:
      "A record's encoded lines were used after the WASM encoder had opened another record: a defect of the library.",
    remedy: "Report it, and set FAST_PATH to off until it is fixed.",
  },
  TLS_FAILED: {
    retryable: false,
    meaning:
      "The TLS handshake with the search endpoint or S3 fails: an untrusted or expired certificate, or one for another host.",
    remedy:
      "Give the endpoint a certificate for its host name, from a public authority or the one in `ca_certificate` of the secret.",
  },
  UNEXPECTED_RESPONSE: {
    retryable: false,
    meaning:
      "The response is not one of OpenSearch, Elasticsearch or S3, such as a redirect or a missing path, or says that a queue or stream does not exist.",
    remedy: "Check the endpoint, the bucket's region, and the names of queue and stream.",
  },
  UNREACHABLE: {
    retryable: true,
    meaning: "The endpoint cannot be reached: connection refused or timed out, unknown host or network.",
    remedy: "Check that it is up, its name and port, and in a VPC the security groups, routes and DNS.",
  },
} as const satisfies Record<string, ErrorCodeMeaning>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** Base of every error that the library and the constructs throw on purpose. `message` says what to do. */
export abstract class PipelineError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
  }

  /** Whether the same call can succeed later without intervention. */
  get retryable(): boolean {
    return ERROR_CODES[this.code].retryable;
  }
}
