import { awsDenial } from "../../http/aws-denial";
import type { HttpResponse } from "../../http/send";
import { isObject, parsedObject } from "../../json/object";

/** An engine's error, of a request or of an item. */
export interface EngineError {
  type?: string;
  reason?: string;
  caused_by?: { reason?: string };
}

/** Result of one item in a response. */
export interface ItemResult {
  status: number;
  error?: EngineError | undefined;
}

/** The result of an event that is new in the index, as engines write it. */
const CREATED = '{"create":{"status":201}}';

/**
 * Whether a response reports each of `count` events as new in the index. Nearly all responses do, and comparing the whole
 * body saves the twelfth of the function's time that parsing takes.
 */
export function isAllCreated({ status, body }: HttpResponse, count: number): boolean {
  return status === 200 && body === `{"items":[${`${CREATED},`.repeat(count - 1)}${CREATED}]}`;
}

/**
 * Parses the results in a `_bulk` response, one for each item that was sent, in their order.
 *
 * @param action what each item asked for
 * @returns undefined for a body that is not a complete response to `count` items
 */
export function parseBulkResponse(
  body: string,
  count: number,
  action: "create" | "index" = "create",
): ItemResult[] | undefined {
  const response = parsedObject(body) as { items?: Partial<Record<"create" | "index", ItemResult>>[] } | undefined;
  if (!Array.isArray(response?.items) || response.items.length !== count) return undefined;
  const results = response.items.map((item) => item?.[action]);
  return results.every(isResult) ? results.map(sound) : undefined;
}

function isResult(result: ItemResult | undefined): result is ItemResult {
  return Number.isInteger(result?.status) && result!.status >= 100 && result!.status < 600;
}

/** Returns the result itself if its error has texts where it should have texts: many results are in memory at once. */
function sound(result: ItemResult): ItemResult {
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
