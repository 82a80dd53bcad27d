import { type EngineResult, soundResult } from "../../http/engine-error";
import type { HttpResponse } from "../../http/send";
import { parsedObject } from "../../json/object";

/** Result of one item in a response. */
export type ItemResult = EngineResult;

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
  return results.every(isResult) ? results.map(soundResult) : undefined;
}

function isResult(result: ItemResult | undefined): result is ItemResult {
  return Number.isInteger(result?.status) && result!.status >= 100 && result!.status < 600;
}
