import type { Rule } from "../../retry/rule";

/** A complete response to a PUT. */
export interface S3Response {
  status: number;
  /** The error's `<Code>`, or "". */
  code: string;
}

/** Denials that come with status 400. */
const DENIED = /^(ExpiredToken|InvalidToken|KMS\..*)$/;

const ADVICE =
  "Check that the bucket exists in this region and that the function's role may s3:PutObject there (and use its KMS " +
  "key, if it has one).";

/** Classifies the response to a PUT. Source: Amazon S3 API Reference "Error responses". */
export const S3_RULES: readonly Rule<S3Response, "acknowledged" | "retried" | "returned to Lambda">[] = [
  { when: "200", applies: ({ status }) => status === 200, outcome: "acknowledged" },
  {
    when: "408, 429, 5xx: SlowDown, InternalError, ServiceUnavailable, …; 400 RequestTimeout; 409 OperationAborted",
    applies: ({ status, code }) =>
      status === 408 || status === 429 || status >= 500 || ["RequestTimeout", "OperationAborted"].includes(code),
    outcome: "retried",
  },
  {
    when: "301, 307: the bucket is in another region, or so new that its name is not known everywhere",
    applies: ({ status }) => status === 301 || status === 307,
    outcome: "returned to Lambda",
    code: "UNEXPECTED_RESPONSE",
    advice:
      "The bucket must be in the function's region. The name of a new bucket is known everywhere after some hours.",
  },
  {
    when: "401, 403: AccessDenied, RequestTimeTooSkewed, …; 400 ExpiredToken, InvalidToken, KMS.…",
    applies: ({ status, code }) => status === 401 || status === 403 || DENIED.test(code),
    outcome: "returned to Lambda",
    code: "ACCESS_DENIED",
    advice: ADVICE,
  },
  {
    when: "404 and anything else: NoSuchBucket, …",
    applies: () => true,
    outcome: "returned to Lambda",
    code: "UNEXPECTED_RESPONSE",
    advice: ADVICE,
  },
];
