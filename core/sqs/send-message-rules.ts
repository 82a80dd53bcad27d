import type { Rule } from "../retry/rule";

/** A complete response of SQS. */
export interface SqsResponse {
  status: number;
  /** Of an error, without the namespace before `#`; or "". */
  type: string;
}

/** Classifies the response to SendMessage. Source: Amazon SQS API Reference, "SendMessage" and "Common errors". */
export const SEND_MESSAGE_RULES: readonly Rule<SqsResponse, "acknowledged" | "retried" | "returned to Lambda">[] = [
  { when: "200", applies: ({ status }) => status === 200, outcome: "acknowledged" },
  {
    when: "408, 429, 5xx; 400 or 403 RequestThrottled, ThrottlingException, KmsThrottled, RequestExpired, …",
    applies: ({ status, type }) =>
      status === 408 || status === 429 || status >= 500 || /Throttl|^(RequestExpired|OverLimit)$/.test(type),
    outcome: "retried",
  },
  {
    when: "401, 403: AccessDeniedException, ExpiredToken, …; 400 of the queue's key: KmsAccessDenied, …",
    applies: ({ status, type }) => status === 401 || status === 403 || /AccessDenied|^Kms|Token/.test(type),
    outcome: "returned to Lambda",
    code: "ACCESS_DENIED",
    advice: "Check that the function's role may sqs:SendMessage to QUEUE_URL (and use its KMS key, if it has one).",
  },
  {
    when: "anything else: QueueDoesNotExist, …",
    applies: () => true,
    outcome: "returned to Lambda",
    code: "UNEXPECTED_RESPONSE",
    advice: "Check that QUEUE_URL is the URL of a queue in the function's region.",
  },
];
