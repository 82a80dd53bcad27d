import { failureText } from "./failure-text";
import { DeniedError, ObjectError, OverwrittenError, StoppedError } from "./outcome-errors";

/** The parts of an AWS SDK error that are read. */
interface SdkError extends Error {
  $metadata?: { httpStatusCode?: number };
  $response?: { headers?: Record<string, string> };
  StorageClass?: string;
}

/** Statuses that every request to the bucket gets: the next object would fail, too. */
const BUCKET_STATUSES = [401, 403, 301];

/** Explains why the bucket cannot be listed, with advice. */
export function listFailure(thrown: unknown, bucket: string): string {
  return `Cannot list bucket ${bucket}: ${failureText(thrown)}. ${advice(thrown as SdkError)}`;
}

/** Returns the error for an object that cannot be read; policies of buckets and keys may deny one object alone. */
export function readFailure(thrown: unknown, bucket: string): ObjectError | StoppedError {
  const error = thrown as SdkError;
  if (error.$metadata?.httpStatusCode === 412) return new OverwrittenError();
  if (error.name === "InvalidObjectState") {
    return new ObjectError(`is in storage class ${error.StorageClass ?? "GLACIER"}: restore it first`);
  }
  const bucketFailure = `Cannot read from bucket ${bucket}: ${failureText(error)}. ${advice(error)}`;
  if (error.name === "AccessDenied") return new DeniedError(`cannot be read: ${failureText(error)}`, bucketFailure);
  if (BUCKET_STATUSES.includes(error.$metadata?.httpStatusCode ?? 0) || isCredentialsError(error)) {
    return new StoppedError(bucketFailure);
  }
  return new ObjectError(`cannot be read: ${failureText(error)}`);
}

/** Returns the error for an object that cannot be written. */
export function writeFailure(thrown: unknown, bucket: string): ObjectError | StoppedError {
  const error = thrown as SdkError;
  if (BUCKET_STATUSES.includes(error.$metadata?.httpStatusCode ?? 0) || isCredentialsError(error)) {
    return new StoppedError(`Cannot write to bucket ${bucket}: ${failureText(error)}. ${advice(error)}`);
  }
  return new ObjectError(`is delivered, but not archived: ${failureText(error)}`);
}

/** Source: AWS SDK for JavaScript "Set credentials": thrown when the chain of providers gives none. */
const isCredentialsError = ({ name }: Error): boolean => name === "CredentialsProviderError";

function advice(error: SdkError): string {
  if (isCredentialsError(error)) return "Give AWS credentials, e.g. by AWS_PROFILE or `aws sso login`.";
  switch (error.$metadata?.httpStatusCode) {
    case 301:
      return `Set AWS_REGION to the bucket's region: ${error.$response?.headers?.["x-amz-bucket-region"] ?? "see its properties"}.`;
    case 403:
      return "docs/replay.md lists the permissions: s3:ListBucket, s3:GetObject, and more by kind and key.";
    case 404:
      return "Check its name, and that AWS_REGION and the credentials belong to its account.";
    default:
      return "Check AWS_REGION and the network.";
  }
}
