import { NOT_SENT } from "../../http/attempt";
import type { HttpResponse } from "../../http/send";
import { type Failure, type RetryIo, retry } from "../../retry/retry";
import { classify } from "../../retry/rule";
import type { DeliveryProgress } from "../sink";
import { type BulkItem, type BulkRequest, bodyOf, bodyOfItems, itemsOf, linesIn } from "./bulk-request";
import { denialIn, type ItemResult, isAllCreated, parseBulkResponse, parseEngineError } from "./bulk-response";
import { DeliveryError, requestDenied, unreachable } from "./delivery-error";
import type { DeliveryObserver } from "./delivery-observer";
import { classifyItem, failureKind, isAlreadyPresent, rejectionOf } from "./item-rules";
import { type PostIo, postBulk } from "./post-bulk";
import { REQUEST_RULES } from "./request-rules";

/** Dependencies of `deliver`. */
export interface DeliveryIo extends PostIo {
  retry: RetryIo;
  observer: Pick<DeliveryObserver, "sent" | "sentAsText" | "failed">;
  /** Maximum size of a request, in bytes. A larger event is sent in a request of its own. */
  bulkMaxBytes: number;
  progress: DeliveryProgress;
  /** The lines that index the item's event as text. */
  textLines(item: BulkItem, rejection: string): string | Buffer;
}

/** The items to send again, and the failure that is the reason. */
interface Round {
  pending: BulkItem[];
  failure?: Failure;
}

/**
 * Sends one `_bulk` request and retries items that failed with a retryable error until each is indexed or rejected, or the
 * deadline passes. Items that are never reported to the progress are pending.
 *
 * @throws DeliveryError when nothing can be delivered until somebody acts
 */
export async function deliver(request: BulkRequest, io: DeliveryIo): Promise<void> {
  let pending: BulkItem[] | undefined;
  const exhausted = await retry(async () => {
    const round = await (pending ? deliverItems(pending, io) : deliverWhole(request, io));
    pending = round.pending;
    return round.failure;
  }, io.retry);
  if (exhausted?.by === "unreachable") throw unreachable(io.endpoint, exhausted.failure);
}

/** Sends a whole request once; looks at its events one by one only if not all of them are new in the index. */
async function deliverWhole(request: BulkRequest, io: DeliveryIo): Promise<Round> {
  const response = await postBulk(bodyOf(request), io);
  if (!("status" in response && isAllCreated(response, request.ends.length))) {
    return settle(itemsOf(request), response, io);
  }
  for (const run of request.runs) io.progress.delivered(run, false);
  return { pending: [] };
}

/** Sends `items` once. */
async function deliverItems(items: BulkItem[], io: DeliveryIo): Promise<Round> {
  return settle(items, await postBulk(bodyOfItems(items), io), io);
}

/** Settles `items` by the response; splits them, and sends them as text, where the rules say so. */
async function settle(items: BulkItem[], response: HttpResponse | Failure, io: DeliveryIo): Promise<Round> {
  if (response === NOT_SENT) return { pending: items, failure: NOT_SENT };
  if (!("status" in response)) return fail(items, response, io);
  const { status, body, retryAfterMs } = response;
  const results = status === 200 ? parseBulkResponse(body, items.length) : undefined;
  // A response with results has been parsed already.
  const error = results ? undefined : parseEngineError(body);
  const isText = items.every(({ rejection }) => rejection !== undefined);
  const rule = classify(REQUEST_RULES, { status, results, error, events: items.length, isText });
  switch (rule.outcome) {
    case "per item":
      return settleEach(items, results!, retryAfterMs, io);
    case "split":
      return split(items, io);
    case "indexed as text":
      return indexAsText(items, () => rejectionOf({ status, error }), io);
    case "rejected":
      for (const item of items)
        io.progress.rejected(item, `the request was rejected: ${rejectionOf({ status, error })}`);
      return { pending: [] };
    case "retried":
      return fail(items, { ...rule, reason: retryReason({ status, error }), retryAfterMs }, io);
    case "returned to Lambda":
      throw requestDenied(io.endpoint, failureKind({ status, error }), denialIn(body), rule);
    default:
      return rule satisfies never;
  }
}

function retryReason(result: ItemResult): string {
  return result.status === 200 ? "200 without a result for each event" : failureKind(result);
}

/** Not async, so that `results`, which may take many MiB, are not in memory while events are sent as text. */
function settleEach(
  items: BulkItem[],
  results: ItemResult[],
  retryAfterMs: number | undefined,
  io: DeliveryIo,
): Round | Promise<Round> {
  const pending: BulkItem[] = [];
  const rejections = new Map<BulkItem, string>();
  let failure: Failure | undefined;
  for (const [i, item] of items.entries()) {
    const result = results[i]!;
    const rule = classifyItem(result, item.rejection !== undefined);
    switch (rule.outcome) {
      case "acknowledged":
        io.progress.delivered(
          { record: item.record, position: item.position, count: 1 },
          isAlreadyPresent(result.status),
        );
        break;
      case "retried":
        failure = { ...rule, reason: failureKind(result), retryAfterMs };
        io.observer.failed(failure.reason, 1);
        pending.push(item);
        break;
      case "indexed as text":
        rejections.set(item, rejectionOf(result));
        break;
      case "rejected":
        io.progress.rejected(item, rejectionOf(result));
        break;
      case "returned to Lambda":
        throw new DeliveryError(
          rule.code,
          `${io.endpoint} answered to an event in _bulk: ${failureKind(result)}. ${rule.advice}`,
        );
      default:
        rule satisfies never;
    }
  }
  const round: Round = { pending, ...(failure && { failure }) };
  if (rejections.size === 0) return round;
  const asText = indexAsText([...rejections.keys()], (item) => rejections.get(item)!, io);
  return asText.then((sent) => merge(round, sent));
}

async function split(items: BulkItem[], io: DeliveryIo): Promise<Round> {
  const half = items.length >> 1;
  return merge(await deliverItems(items.slice(0, half), io), await deliverItems(items.slice(half), io));
}

/**
 * Size of a request with events as text, in bytes, or a little more. It is in memory beside the request that the events come from,
 * and so may be a response that quotes it several times.
 */
const TEXT_REQUEST_BYTES = 1024 * 1024;

/**
 * Sends `items` as text, in several requests: as text, an event can take many times what it takes as fields. One that fails with
 * a retryable error is pending with its fields, whose lines are in memory anyway.
 */
async function indexAsText(
  items: BulkItem[],
  rejectionOfItem: (item: BulkItem) => string,
  io: DeliveryIo,
): Promise<Round> {
  let round: Round = { pending: [] };
  let fields = new Map<BulkItem, BulkItem>();
  let bytes = 0;
  for (const [i, item] of items.entries()) {
    io.observer.sentAsText();
    const rejection = rejectionOfItem(item);
    const text = { ...item, ...linesIn(io.textLines(item, rejection)), rejection };
    fields.set(text, item);
    bytes += text.end;
    if (bytes < Math.min(TEXT_REQUEST_BYTES, io.bulkMaxBytes) && i + 1 < items.length) continue;
    const sent = await deliverItems([...fields.keys()], io);
    round = merge(round, { ...sent, pending: sent.pending.map((pending) => fields.get(pending)!) });
    fields = new Map();
    bytes = 0;
  }
  return round;
}

function fail(items: BulkItem[], failure: Failure, io: DeliveryIo): Round {
  io.observer.failed(failure.reason, items.length);
  return { pending: items, failure };
}

function merge(a: Round, b: Round): Round {
  const failure = b.failure ?? a.failure;
  if (!failure) return { pending: [] };
  const retryAfterMs = Math.max(a.failure?.retryAfterMs ?? 0, b.failure?.retryAfterMs ?? 0);
  return { pending: a.pending.concat(b.pending), failure: { ...failure, retryAfterMs } };
}
