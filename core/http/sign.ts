import { sign as aws4Sign } from "aws4";
import type { HttpRequest } from "./send";

/** AWS credentials as Lambda puts them into the environment. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** What a signature is valid for. */
export interface Target {
  /** Scheme, host and port, without a path. */
  origin: string;
  /** The signing name, e.g. `es` or `s3`. */
  service: string;
  region: string;
}

/**
 * Returns the headers of `request` with an AWS Signature Version 4 for `target`.
 *
 * Source: AWS IAM User Guide "AWS Signature Version 4 for API requests".
 *
 * @param date the time of signing. @default now
 */
export function sign(
  request: Pick<HttpRequest, "method" | "path" | "headers" | "body">,
  target: Target,
  credentials: Credentials,
  date?: Date,
): Record<string, string> {
  const time = date ? { "X-Amz-Date": date.toISOString().replace(/[:-]|\.\d{3}/g, "") } : {};
  const signed = aws4Sign(
    {
      service: target.service,
      region: target.region,
      host: new URL(target.origin).host,
      method: request.method,
      path: request.path,
      headers: { ...request.headers, ...time },
      // To a body, even an empty one, aws4 adds a form's content type.
      ...(request.body.length > 0 && { body: request.body }),
    },
    credentials,
  );
  return signed.headers as Record<string, string>;
}
