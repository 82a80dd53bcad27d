import { awsDenial } from "../core/http/aws-denial";
import { failureReason } from "../core/http/failure-reason";

/** The parts of an AWS SDK error that say whether there was a response, and which. */
interface Answered extends Error {
  $metadata?: { httpStatusCode?: number };
}

/** What the names of AWS's errors look like. */
const NAME = /^[A-Za-z.]{1,64}$/;

/** What S3 itself says about them. Source: Amazon S3 API Reference "Error responses". */
const S3_MESSAGES = /^(Access Denied|The specified (bucket|key) does not exist)\.?$/;

/**
 * Returns why a call of an AWS SDK failed. Of a response only the error's name, or the status, and a message of AWS's own
 * that is known letter for letter: any other text may be a proxy's, and repeat what was sent.
 */
export function failureText(thrown: unknown): string {
  const { name, message, $metadata } = thrown as Answered;
  const status = $metadata?.httpStatusCode;
  if (status === undefined) {
    const text = failureReason(thrown).replace(/\.$/, "");
    return name === "Error" || text.includes(name) ? text : `${name}: ${text}`;
  }
  const said = S3_MESSAGES.test(message) ? message : awsDenial(message);
  return `${NAME.test(name) ? name : status}${said && `: ${said.replace(/\.$/, "")}`}`;
}
