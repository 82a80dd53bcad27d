import { parseOrigin } from "./origin";

export const QUEUE_URL_ALLOWED =
  "the URL of a standard queue: https://sqs.<region>.amazonaws.com/<account>/<name> (http:// only for localhost)";

/** The host is `sqs.<region>.amazonaws.com`, a VPC endpoint's, or that of an emulator. Names of FIFO queues end in `.fifo`. */
const QUEUE_PATH = /^(.*[^/])(\/\d{12}\/[A-Za-z0-9_-]{1,80})$/;

/** Returns a queue's URL in its normal form; undefined where it is not allowed. Source: Amazon SQS Developer Guide, "Queue URLs". */
export function parseQueueUrl(text: string): string | undefined {
  const [, host = "", path = ""] = QUEUE_PATH.exec(text) ?? [];
  const origin = parseOrigin(host);
  return origin && origin + path;
}
