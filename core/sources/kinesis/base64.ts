import { isObject, parsedObject } from "../../json/object";

/** In either alphabet, with all of its padding or none, and in one line: what another line says is not in it. */
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/**
 * The event that a Lambda function gets from a subscription filter, each member once. Source: Lambda Developer Guide,
 * "CloudWatch Logs".
 */
const LAMBDA_EVENT = /^\s*\{\s*"awslogs"\s*:\s*\{\s*"data"\s*:\s*"[^"]*"\s*\}\s*\}\s*$/;

/**
 * Decodes a text that is one line of base64, as an encoder writes it, or exactly the event `{"awslogs":{"data":"<base64>"}}`.
 *
 * @returns undefined for any other text
 */
export function decodedBase64(text: string): Buffer | undefined {
  const base64 = LAMBDA_EVENT.test(text) ? dataIn(parsedObject(text)) : text.replace(/\r?\n$/, "");
  if (base64 === undefined || !BASE64.test(base64)) return undefined;
  const data = Buffer.from(base64, "base64");
  return encodings(data).includes(base64) ? data : undefined;
}

/** Without these, what follows padding would be lost, and so would letters that encode no byte. */
function encodings(data: Buffer): string[] {
  const [padded, url] = [data.toString("base64"), data.toString("base64url")];
  return [padded, padded.slice(0, url.length), url, url.padEnd(padded.length, "=")];
}

function dataIn(event: unknown): string | undefined {
  const awslogs = isObject(event) ? event.awslogs : undefined;
  const data = isObject(awslogs) ? awslogs.data : undefined;
  return typeof data === "string" ? data : undefined;
}
