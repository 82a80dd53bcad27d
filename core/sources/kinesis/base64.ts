import { isObject, parsedObject } from "../../json/object";

/** In either alphabet, with or without padding; in one line or, as `base64` and MIME write it, in several. */
const BASE64 = /^[A-Za-z0-9+/_\r\n-]+={0,2}$/;

/** The event that a Lambda function gets from a subscription filter. Source: Lambda Developer Guide, "CloudWatch Logs". */
const LAMBDA_EVENT = /^\s*\{\s*"awslogs"/;

/**
 * Decodes a text that is nothing but base64, or exactly the event `{"awslogs":{"data":"<base64>"}}`.
 *
 * @returns undefined for any other text
 */
export function decodedBase64(text: string): Buffer | undefined {
  const base64 = (LAMBDA_EVENT.test(text) ? dataIn(parsedObject(text)) : text)?.trim();
  return base64 !== undefined && BASE64.test(base64) ? Buffer.from(base64, "base64") : undefined;
}

function dataIn(event: unknown): string | undefined {
  const awslogs = onlyMember(event, "awslogs");
  const data = onlyMember(awslogs, "data");
  return typeof data === "string" ? data : undefined;
}

function onlyMember(object: unknown, name: string): unknown {
  return isObject(object) && Object.keys(object).length === 1 ? object[name] : undefined;
}
