import { isObject, parsedObject } from "../json/object";
import { awsDenial } from "./aws-denial";

/** An engine's error, of a request or of an item. */
export interface EngineError {
  type?: string;
  reason?: string;
  caused_by?: { reason?: string };
}

/** Status and error of a request, or of one item of a `_bulk` request. */
export interface EngineResult {
  status: number;
  error?: EngineError | undefined;
}

/** Returns the result itself if its error has texts where it should have texts: many results are in memory at once. */
export function soundResult(result: EngineResult): EngineResult {
  const { status, error } = result;
  return error === undefined || isSound(error) ? result : { status, error: soundError(error) };
}

const isText = (value: unknown): boolean => value === undefined || typeof value === "string";

function isSound(error: unknown): error is EngineError {
  if (!isObject(error)) return false;
  const { type, reason, caused_by } = error;
  return (
    isText(type) && isText(reason) && (caused_by === undefined || (isObject(caused_by) && isText(caused_by.reason)))
  );
}

function soundError(error: unknown): EngineError {
  if (!isObject(error)) return {};
  const { type, reason, caused_by } = error;
  const cause = isObject(caused_by) ? caused_by.reason : undefined;
  return {
    ...(typeof type === "string" && { type }),
    ...(typeof reason === "string" && { reason }),
    ...(typeof cause === "string" && { caused_by: { reason: cause } }),
  };
}

/** Parses the engine's own error, if `body` is one. */
export function parseEngineError(body: string): EngineError | undefined {
  const error = parsedObject(body)?.error;
  return isObject(error) ? soundError(error) : undefined;
}

/** Returns AWS's message, if `body` is a denial of AWS itself, and "" otherwise: see `awsDenial`. */
export function denialIn(body: string): string {
  const { message, Message } = parsedObject(body) ?? {};
  return awsDenial(message ?? Message);
}

/** What engines' types look like. Anything else in its place may be a text of the document. */
const TYPE = /^[a-z][a-z0-9_]{0,63}$/;

/**
 * Returns the kind of a failure, of a request or of an event: its status and the error's type. There are few kinds, so they
 * can be counted, and none quotes a document, so they may be logged.
 */
export function failureKind({ status, error }: EngineResult): string {
  const type = error?.type;
  return typeof type === "string" && TYPE.test(type) ? `${status} ${type}` : `${status}`;
}

/** The reason of an engine may repeat the whole document. */
const MAX_REJECTION_LENGTH = 1000;

/** Returns a result's error in one line, cut to 1,000 characters. It may quote the document, so it never goes to logs. */
export function rejectionOf(result: EngineResult): string {
  const { reason, caused_by } = result.error ?? {};
  const cause = caused_by?.reason ? ` (${caused_by.reason})` : "";
  const rejection = `${failureKind(result)}${reason ? `: ${reason}${cause}` : ""}`;
  // Copied: a slice would keep the whole text in memory, and with it that of all other items.
  return Buffer.from(rejection.slice(0, MAX_REJECTION_LENGTH)).toString();
}
