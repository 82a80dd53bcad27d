import { randomUUID } from "node:crypto";
import { formatJavaTime } from "./java-time";

/** Why records are under the error prefix, as `!{firehose:error-output-type}` names it. */
export type ErrorOutputType = "processing-failed" | "AmazonOpenSearchService-failed";

/** What the keys of one object are made of. */
export interface KeyParts {
  readonly deliveryStream: string;
  /** Version of its configuration, from 1. */
  readonly version: string;
  /** Arrival of the object's oldest record, in milliseconds since the epoch. */
  readonly oldest: number;
  /** Such as `.gz`; empty for none. */
  readonly extension: string;
}

const HOURS = "!{timestamp:yyyy/MM/dd/HH}/";

/** Source: "a random string of 11 characters", by the example `046b6c7f-0b`: the beginning of a UUID. */
const RANDOM_LENGTH = 11;

/**
 * Returns the key of an object of records.
 *
 * Source: Firehose Developer Guide "Custom prefixes for Amazon S3 objects" and "Amazon S3 object name format".
 *
 * @throws Error for an expression that Firehose does not have
 */
export function objectKey(prefix: string, parts: KeyParts): string {
  const dated = /!\{timestamp:/.test(prefix) ? prefix : prefix + HOURS;
  return evaluate(dated, parts) + suffix(parts);
}

/**
 * Returns the key of an object of failed records. Without an error prefix, the type of the error follows the prefix.
 *
 * @throws Error for an expression that Firehose does not have
 */
export function errorKey(
  { prefix, errorPrefix }: { readonly prefix: string; readonly errorPrefix: string | undefined },
  type: ErrorOutputType,
  parts: KeyParts,
): string {
  if (!errorPrefix) return objectKey(`${prefix}${type}/`, parts);
  return evaluate(errorPrefix, parts, type) + suffix(parts);
}

function suffix({ deliveryStream, version, oldest, extension }: KeyParts): string {
  const time = formatJavaTime("yyyy-MM-dd-HH-mm-ss", new Date(oldest));
  return `${deliveryStream}-${version}-${time}-${randomUUID()}${extension}`;
}

function evaluate(prefix: string, { oldest }: KeyParts, type?: ErrorOutputType): string {
  return prefix.replace(/!\{([^:}]*):?([^}]*)\}/g, (expression, namespace: string, value: string) => {
    if (namespace === "timestamp") return formatJavaTime(value, new Date(oldest));
    if (namespace === "firehose" && value === "random-string") return randomUUID().slice(0, RANDOM_LENGTH);
    if (namespace === "firehose" && value === "error-output-type" && type !== undefined) return type;
    throw new Error(`the prefix ${prefix} has ${expression}, which the local pipeline does not know there`);
  });
}
