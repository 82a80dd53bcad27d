import { backoffMs } from "../shared/backoff";
import { failureReason } from "../shared/failure-reason";
import type { HttpResponse, Send } from "../shared/signed-client";
import { BULK_PATH, type BulkItem, parseBulkResponse } from "./bulk";
import { failureOf, isAlreadyPresent, itemOutcome, refusalOf, requestOutcome, stopped } from "./outcomes";

/** What delivering needs from outside. */
export interface DeliveryIo {
  send: Send;
  /** Named in errors. */
  endpoint: string;
  requestTimeoutMs: number;
  /** Milliseconds until delivering has to stop; what is open then goes back to Lambda. */
  remainingMs(): number;
  sleep(ms: number): Promise<void>;
  random(): number;
  /** The lines that index the item's event as plain text instead. */
  textLines(item: BulkItem, refusal: string): string;
  /** The item is in the index, where it may have been before. */
  indexed(item: BulkItem, alreadyPresent: boolean): void;
  /** The index refuses the item for good. */
  rejected(item: BulkItem, refusal: string): void;
  /** A request, or some of its items, failed for a passing reason. */
  failed(reason: string): void;
}

/**
 * Sends `items` by `_bulk`, again and again what failed for a passing reason, until each is indexed or rejected or the
 * time is over. Items of which neither was told are open.
 *
 * @throws DeliveryError when nothing can be delivered until somebody acts
 */
export async function deliver(items: BulkItem[], io: DeliveryIo): Promise<void> {
  let open = await deliverOnce(items, io);
  for (let attempt = 0; open.length > 0; attempt++) {
    const wait = backoffMs(attempt, io.random());
    if (wait >= io.remainingMs()) return;
    await io.sleep(wait);
    open = await deliverOnce(open, io);
  }
}

/** Sends `items` once, split and as text where that is called for. Returns what is to be sent again. */
async function deliverOnce(items: BulkItem[], io: DeliveryIo): Promise<BulkItem[]> {
  const response = await post(items, io);
  if (!response) return items;
  const outcome = requestOutcome(response.status);
  if (outcome === "stop") throw stopped(response.status, io.endpoint, response.body);
  if (outcome === "split") return split(items, response, io);
  const results = outcome === "done" ? parseBulkResponse(response.body, items.length) : undefined;
  if (!results) {
    io.failed(`status ${response.status}${outcome === "done" ? " without a result for each item" : ""}`);
    return items;
  }
  const again: BulkItem[] = [];
  const asText: BulkItem[] = [];
  for (const [i, item] of items.entries()) {
    const result = results[i]!;
    switch (itemOutcome(result)) {
      case "done":
        io.indexed(item, isAlreadyPresent(result));
        break;
      case "retry":
        io.failed(failureOf(result));
        again.push(item);
        break;
      case "text": {
        const refusal = refusalOf(result);
        if (item.refusal === undefined) asText.push({ ...item, lines: io.textLines(item, refusal), refusal });
        else io.rejected(item, refusal);
        break;
      }
      default:
        throw stopped(result.status, io.endpoint, refusalOf(result));
    }
  }
  return asText.length > 0 ? again.concat(await deliverOnce(asText, io)) : again;
}

/** Undefined when there was no complete response, or no time to wait for one. */
async function post(items: BulkItem[], io: DeliveryIo): Promise<HttpResponse | undefined> {
  const timeoutMs = Math.min(io.requestTimeoutMs, io.remainingMs());
  if (timeoutMs <= 0) return undefined;
  try {
    return await io.send({
      method: "POST",
      path: BULK_PATH,
      headers: { "Content-Type": "application/x-ndjson" },
      body: Buffer.from(items.map((item) => item.lines).join("")),
      timeoutMs,
    });
  } catch (error) {
    io.failed(failureReason(error));
    return undefined;
  }
}

async function split(items: BulkItem[], response: HttpResponse, io: DeliveryIo): Promise<BulkItem[]> {
  if (items.length === 1) {
    io.rejected(items[0]!, `the request was refused: ${response.status} ${response.body.slice(0, 500)}`.trim());
    return [];
  }
  const half = items.length >> 1;
  const first = await deliverOnce(items.slice(0, half), io);
  return first.concat(await deliverOnce(items.slice(half), io));
}
