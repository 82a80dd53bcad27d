import { failureReason } from "../core/http/failure-reason";

interface SdkError extends NodeJS.ErrnoException {
  readonly hostname?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly statusCode?: number };
}

/** Errors of invalid credentials, which a region that an account has not enabled answers, too (AWS Account Management Reference Guide). */
const INVALID_CREDENTIALS = new Set(["UnrecognizedClientException", "InvalidClientTokenId", "AuthFailure"]);

/** Returns why AWS does not say what it was asked, in words of whoever asks: the SDK's own are about its inside. */
export function awsFailureReason(error: unknown): string {
  const { name, message, code, hostname, $metadata, $response } = error as SdkError;
  if (/Deserialization error/i.test(message)) {
    const status = $metadata?.httpStatusCode ?? $response?.statusCode;
    return `what answers is no API of AWS: ${status === undefined ? "" : `${status}, and `}something that is no JSON`;
  }
  if (code === "ENOTFOUND" && hostname !== undefined) {
    return `${hostname} is not known: there is no such region, or no DNS`;
  }
  const reason = failureReason(error).replace(/\.$/, "");
  return INVALID_CREDENTIALS.has(name)
    ? `${reason}: the credentials are not valid, or the account has not enabled the region`
    : reason;
}
