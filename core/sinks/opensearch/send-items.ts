import { NOT_SENT } from "../../http/attempt";
import { denialIn, failureKind, parseEngineError, rejectionOf } from "../../http/engine-error";
import type { HttpResponse } from "../../http/send";
import type { Failure } from "../../retry/retry";
import { classify } from "../../retry/rule";
import { type BulkItem, type BulkRequest, bodyOf, bodyOfItems, indexOfItem, itemsOf, linesIn } from "./bulk-request";
import { type ItemResult, isAllCreated, parseBulkResponse } from "./bulk-response";
import { DeliveryError, requestDenied } from "./delivery-error";
import type { DeliveryIo } from "./delivery-io";
import { classifyItem, isAlreadyPresent } from "./item-rules";
import { postBulk } from "./post-bulk";
import { CONTROL, failureBeforeRejecting, probeItems } from "./probe";
import { REQUEST_RULES } from "./request-rules";
import { merge, nothingLeft, type Round, type Suspect } from "./round";

/** Sends a whole request once; looks at its events one by one only if not all of them are new in the index. */
export async function sendWhole(request: BulkRequest, io: DeliveryIo): Promise<Round> {
  const response = await postBulk(bodyOf(request), io);
  if (!("status" in response && isAllCreated(response, request.ends.length))) {
    return settle(itemsOf(request), response, io);
  }
  for (const run of request.runs) io.progress.delivered(run, false);
  return nothingLeft();
}

/** Sends `items` once, and what the rules send at once for that: the halves of a request, events as text. */
export async function sendItems(items: BulkItem[], io: DeliveryIo): Promise<Round> {
  return settle(items, await postBulk(bodyOfItems(items), io), io);
}

/** Returns the item whose lines index the event of `item` as text. */
export function textItem(item: BulkItem, rejection: string, io: DeliveryIo): BulkItem {
  io.observer.sentAsText();
  return { ...item, ...linesIn(io.textLines(item, rejection)), rejection };
}

/** Settles `items` by the response. */
async function settle(items: BulkItem[], response: HttpResponse | Failure, io: DeliveryIo): Promise<Round> {
  if (response === NOT_SENT) return { pending: items, suspects: [], failure: NOT_SENT };
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
    case "split": {
      const half = items.length >> 1;
      return merge(await sendItems(items.slice(0, half), io), await sendItems(items.slice(half), io));
    }
    case "indexed as text":
      return indexAsText(suspectsOf(items, rejectionOf({ status, error })), io);
    case "rejected":
      return reject(suspectsOf(items, `the request was rejected: ${rejectionOf({ status, error })}`), io);
    case "retried":
    case "isolated":
      return fail(items, { ...rule, reason: failureOfRequest({ status, error }), retryAfterMs }, io);
    case "returned to Lambda": {
      const kind = failureKind({ status, error });
      // A proxy may refuse a request for its content; a probe that is refused, too, ends the invocation with its own error.
      if (rule.code === "UNEXPECTED_RESPONSE") {
        const { others } = await probeItems(items.slice(0, 1), CONTROL, io);
        if (others.length === 0) return fail(items, { outcome: "isolated", reason: kind, retryAfterMs }, io);
      }
      throw requestDenied(io.endpoint, kind, denialIn(body), rule);
    }
    default:
      return rule satisfies never;
  }
}

const suspectsOf = (items: readonly BulkItem[], reason: string): Suspect[] => items.map((item) => ({ item, reason }));

function failureOfRequest(result: ItemResult): string {
  return result.status === 200 ? "200 without a result for each event" : failureKind(result);
}

/** Not async, so that `results`, which may take many MiB, are not in memory while more is sent. */
function settleEach(
  items: BulkItem[],
  results: ItemResult[],
  retryAfterMs: number | undefined,
  io: DeliveryIo,
): Round | Promise<Round> {
  const round = nothingLeft();
  const suspects: Suspect[] = [];
  const strained: Suspect[] = [];
  const refused: Refused = { again: [], texts: [], rejected: [] };
  const written: BulkItem[] = [];
  for (const [i, item] of items.entries()) {
    const result = results[i]!;
    const rule = classifyItem(result, { isText: item.rejection !== undefined, isRepeated: io.repeated.has(item) });
    switch (rule.outcome) {
      case "acknowledged":
        io.progress.delivered(
          { record: item.record, position: item.position, count: 1 },
          isAlreadyPresent(result.status),
        );
        if (!isAlreadyPresent(result.status)) written.push(item);
        break;
      case "retried":
      case "isolated":
        round.failure = { ...rule, reason: failureKind(result), retryAfterMs };
        io.observer.failed(round.failure.reason, 1);
        if (rule.outcome === "retried") round.pending.push(item);
        else (result.status === 429 ? strained : suspects).push({ item, reason: rejectionOf(result) });
        break;
      case "sent once more":
        io.observer.failed(failureKind(result), 1);
        refused.again.push(item);
        break;
      case "indexed as text":
        refused.texts.push({ item, reason: rejectionOf(result) });
        break;
      case "rejected":
        refused.rejected.push({ item, reason: rejectionOf(result) });
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
  // An index that accepts an event rejects others because of their content.
  if (refused.texts.length + refused.rejected.length > 0)
    for (const item of written) io.accepting.add(indexOfItem(item));
  if (suspects.length > 0) round.suspects.push({ each: suspects, isTogether: false });
  // A circuit breaker opens by the size of all that a shard gets at once.
  if (strained.length > 0) round.suspects.push({ each: strained, isTogether: true });
  return Object.values(refused).every(({ length }) => length === 0) ? round : sendRefused(refused, round, io);
}

/** Items that the index refused because of their content, or of the mapping that it had at that moment. */
interface Refused {
  again: BulkItem[];
  texts: Suspect[];
  rejected: Suspect[];
}

async function sendRefused({ again, texts, rejected }: Refused, round: Round, io: DeliveryIo): Promise<Round> {
  let left = merge(round, await reject(rejected, io));
  if (again.length > 0) left = merge(left, await sendOnceMore(again, io));
  return texts.length === 0 ? left : merge(left, await indexAsText(texts, io));
}

/** By then, a cluster's nodes have the mapping that one of them has refused to change, in milliseconds. */
const MAPPING_MS = 500;

async function sendOnceMore(items: BulkItem[], io: DeliveryIo): Promise<Round> {
  for (const item of items) io.repeated.add(item);
  await io.retry.sleep(Math.max(0, Math.min(MAPPING_MS, io.retry.remainingMs())));
  return sendItems(items, io);
}

/**
 * Size of a request with events as text, in bytes, or a little more. It is in memory beside the request that the events come from,
 * and so may be a response that quotes it several times.
 */
const TEXT_REQUEST_BYTES = 1024 * 1024;

/**
 * Sends items as text, in several requests: as text, an event can take many times what it takes as fields. One that is not
 * settled is left with its fields, whose lines are in memory anyway.
 */
export function indexAsText(items: readonly Suspect[], io: DeliveryIo): Promise<Round> {
  return io.textsOneAtATime(() => sendTexts(items, io));
}

async function sendTexts(items: readonly Suspect[], io: DeliveryIo): Promise<Round> {
  let round = nothingLeft();
  let fields = new Map<BulkItem, BulkItem>();
  let bytes = 0;
  for (const [i, { item, reason }] of items.entries()) {
    const text = textItem(item, reason, io);
    fields.set(text, item);
    bytes += text.end;
    if (bytes < Math.min(TEXT_REQUEST_BYTES, io.bulkMaxBytes) && i + 1 < items.length) continue;
    round = merge(round, withFields(await sendItems([...fields.keys()], io), fields));
    fields = new Map();
    bytes = 0;
  }
  return round;
}

/** Returns what is left of items as text, with the items that they were before. */
function withFields(left: Round, fields: ReadonlyMap<BulkItem, BulkItem>): Round {
  const suspects = left.suspects.map(({ each, isTogether }) => ({
    each: each.map(({ item, reason }) => ({ item: fields.get(item)!, reason })),
    isTogether,
  }));
  return { ...left, pending: left.pending.map((item) => fields.get(item)!), suspects };
}

/** Reports items as rejected whose content is the reason; those of which that cannot be said now stay pending. */
async function reject(items: readonly Suspect[], io: DeliveryIo): Promise<Round> {
  const round = nothingLeft();
  for (const { item, reason } of items) {
    const isContent = io.accepting.has(indexOfItem(item));
    const failure = isContent ? undefined : await failureBeforeRejecting(item, io);
    if (failure) {
      round.pending.push(item);
      round.failure = failure;
    } else io.progress.rejected(item, reason);
  }
  return round;
}

function fail(items: BulkItem[], failure: Failure, io: DeliveryIo): Round {
  const { reason, outcome } = failure;
  io.observer.failed(reason, items.length);
  if (outcome !== "isolated") return { pending: items, suspects: [], failure };
  return { pending: [], suspects: [{ each: suspectsOf(items, reason), isTogether: true }], failure };
}
