import type { Rule } from "../../retry/rule";

/** A response to a GET of an object. */
export interface ObjectResponse {
  status: number;
  /** The error's `<Code>`, or "". */
  code: string;
  /** Whether the error is about the object's key in KMS. */
  isKms: boolean;
}

/** Denials that come with status 400. */
const DENIED = /^(ExpiredToken|InvalidToken)$/;

/** Classifies the response to a GET. Source: Amazon S3 API Reference "GetObject" and "Error responses". */
export const GET_RULES: readonly Rule<
  ObjectResponse,
  "acknowledged" | "retried" | "message retried" | "quarantined"
>[] = [
  { when: "200, 206", applies: ({ status }) => status === 200 || status === 206, outcome: "acknowledged" },
  {
    when: "404 NoSuchBucket: the bucket is deleted",
    applies: ({ status, code }) => status === 404 && code === "NoSuchBucket",
    outcome: "quarantined",
    advice: "Remove the bucket from the sources.",
  },
  {
    when: "404: the object is deleted",
    applies: ({ status }) => status === 404,
    outcome: "quarantined",
    advice: "A lifecycle rule may have deleted it. If it still exists, e.g. in another bucket, write it again.",
  },
  {
    when: "412: the object was overwritten since; the new one has an event of its own",
    applies: ({ status }) => status === 412,
    outcome: "quarantined",
    advice: "None: the event of the newer object delivers that one.",
  },
  {
    when: "416: the object ends before the position",
    applies: ({ status }) => status === 416,
    outcome: "quarantined",
    advice: "Redrive it from its start.",
  },
  {
    when: "403 InvalidObjectState: the object is in an archive storage class",
    applies: ({ code }) => code === "InvalidObjectState",
    outcome: "quarantined",
    advice: "Restore it (s3:RestoreObject), then redrive it.",
  },
  {
    when: "408, 429, 5xx: SlowDown, InternalError, ServiceUnavailable, …; 400 RequestTimeout",
    applies: ({ status, code }) => status === 408 || status === 429 || status >= 500 || code === "RequestTimeout",
    outcome: "retried",
  },
  {
    when: "400 or 403 with an error of KMS: the role may not use the object's key, or the key is disabled",
    applies: ({ isKms }) => isKms,
    outcome: "message retried",
    code: "ACCESS_DENIED",
    advice:
      "Enable the key, and allow the function's role kms:Decrypt: in its policy (kms_key_arn of the source) and in the key's.",
  },
  {
    when: "401, 403: AccessDenied, RequestTimeTooSkewed, …; 400 ExpiredToken, InvalidToken",
    applies: ({ status, code }) => status === 401 || status === 403 || DENIED.test(code),
    outcome: "message retried",
    code: "ACCESS_DENIED",
    advice:
      "Allow the function's role s3:GetObject there, in a bucket of another account by the bucket's policy, too. Without " +
      "s3:ListBucket S3 says the same of an object that is deleted.",
  },
  {
    when: "301, 307, 400 AuthorizationHeaderMalformed: the bucket is in another region, which S3 does not name",
    applies: ({ status, code }) => status === 301 || status === 307 || code === "AuthorizationHeaderMalformed",
    outcome: "message retried",
    code: "UNEXPECTED_RESPONSE",
    advice: "Check the bucket's region and, if it is set, AWS_ENDPOINT_URL_S3.",
  },
  {
    when: "400: the object is encrypted with the customer's own key (SSE-C), its name is not allowed, …",
    applies: ({ status }) => status === 400,
    outcome: "quarantined",
    advice: "Write it without a key of your own (SSE-C): S3 gives it only to who has that key.",
  },
  {
    when: "anything else",
    applies: () => true,
    outcome: "message retried",
    code: "UNEXPECTED_RESPONSE",
    advice: "Check AWS_ENDPOINT_URL_S3, if it is set, and proxies.",
  },
];
