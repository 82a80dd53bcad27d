import { isObject, parsedObject } from "../json/json-object";

/** An engine's error, of a request or of an item. */
export interface EngineError {
  type?: string;
  reason?: string;
  caused_by?: { reason?: string };
}

/** What the response says of one item. */
export interface ItemResult {
  status: number;
  error?: EngineError | undefined;
}

/** The result of an event that is new, which nearly all are, as engines write it. */
const CREATED: ItemResult = { status: 201 };
const CREATED_ITEM = '{"create":{"status":201}}';

/** Compared as a whole: parsed, it takes a twelfth of the whole function's time. */
const allCreated = (count: number): string => `{"items":[${`${CREATED_ITEM},`.repeat(count - 1)}${CREATED_ITEM}]}`;

/**
 * The results in a `_bulk` response, one for each item that was sent, in their order.
 *
 * @returns undefined for a body that is no whole response to `count` items
 */
export function parseBulkResponse(body: string, count: number): ItemResult[] | undefined {
  if (body === allCreated(count)) return new Array<ItemResult>(count).fill(CREATED);
  const response = parsedObject(body) as { items?: { create?: ItemResult }[] } | undefined;
  if (!Array.isArray(response?.items) || response.items.length !== count) return undefined;
  const results = response.items.map((item) => item?.create);
  return results.every((result) => typeof result?.status === "number") ? (results as ItemResult[]) : undefined;
}

/** The engine's own error, where `body` is one. */
export function parseEngineError(body: string): EngineError | undefined {
  const error = parsedObject(body)?.error;
  return isObject(error) ? error : undefined;
}

const MAX_SAID_LENGTH = 500;

/**
 * What a refusal says, for a log: an error's or AWS's message, cut to 500 characters. Of a body in any other form only its length: it
 * may repeat what was sent.
 */
export function saidBy(body: string): string {
  const { error, message, Message } = parsedObject(body) ?? {};
  const { type, reason } = isObject(error) ? (error as EngineError) : {};
  const said = type ? `${type}: ${reason}` : (error ?? message ?? Message);
  // Behind the first line AWS repeats what it has signed itself, with the session's token.
  return typeof said === "string"
    ? said.split("\n", 1)[0]!.slice(0, MAX_SAID_LENGTH)
    : `a body of ${body.length} characters`;
}
