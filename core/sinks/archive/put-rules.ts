import type { Exit } from "../../retry/outcome";

/** A complete response to a PUT. */
export interface S3Response {
  status: number;
  /** The error's `<Code>`, or "". */
  code: string;
}

/** What becomes of an object that is put, and with it of the batch. Source: Amazon S3 API Reference "Error responses". */
export const S3_EXITS: readonly Exit<S3Response>[] = [
  { when: "200", is: ({ status }) => status === 200, outcome: "acknowledged" },
  {
    when: "408, 429, 5xx: SlowDown, InternalError, ServiceUnavailable, …; 400 RequestTimeout; 409 OperationAborted",
    is: ({ status, code }) =>
      status === 408 || status === 429 || status >= 500 || ["RequestTimeout", "OperationAborted"].includes(code),
    outcome: "retried",
  },
  {
    when: "301, 307: the bucket is in another region, or so new that its name is not known everywhere",
    is: ({ status }) => status === 301 || status === 307,
    outcome: "given back",
    advice:
      "The bucket must be in the function's region; of a new bucket the name is known everywhere after some hours.",
  },
  {
    when: "401, 403, 404, and all else: AccessDenied, ExpiredToken, RequestTimeTooSkewed, NoSuchBucket, KMS.…",
    is: () => true,
    outcome: "given back",
    advice:
      "Check that the bucket exists in this region and that the function's role may s3:PutObject there (and use its " +
      "KMS key, if it has one).",
  },
];
