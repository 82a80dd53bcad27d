import { CONNECTION_EXITS } from "../../http/connection-rules";
import { failureReason } from "../../http/failure-reason";
import type { HttpResponse, Send } from "../../http/signed-client";
import { exitOf } from "../../retry/outcome";
import { type Failure, type RetryIo, retried } from "../../retry/retry";
import {
  BULK_PATH,
  type BulkItem,
  type BulkRequest,
  bodyOf,
  bodyOfItems,
  itemsOf,
  linesIn,
  type Run,
} from "./bulk-request";
import { type ItemResult, isAllCreated, parseBulkResponse, parseEngineError, saidBy } from "./bulk-response";
import { DeliveryError } from "./delivery-error";
import { failureOf, isAlreadyPresent, itemExit, refusalOf } from "./item-rules";
import { REQUEST_EXITS } from "./request-rules";

/** What delivering needs from outside. */
export interface DeliveryIo extends RetryIo {
  send: Send;
  /** Named in errors. */
  endpoint: string;
  requestTimeoutMs: number;
  /** The lines that index the item's event as plain text instead. */
  textLines(item: BulkItem, refusal: string): string;
  /** A request with a body of so many bytes is sent. */
  sent(bytes: number): void;
  /** Events are in the index, where they may have been before. */
  indexed(events: Run, alreadyPresent: boolean): void;
  /** The index refuses the item as it is; it is sent again as text. */
  conflicted(item: BulkItem): void;
  /** The index refuses the item for good. */
  rejected(item: BulkItem, refusal: string): void;
  /** So many items failed for a passing reason. */
  failed(reason: string, items: number): void;
}

/** The items that are to be sent again, and why. */
interface Round {
  open: BulkItem[];
  failure?: Failure;
}

/**
 * Sends a request by `_bulk`, again and again what failed for a passing reason, until each event is indexed or rejected or the
 * time is over. Events of which neither was told are open.
 *
 * @throws DeliveryError when nothing can be delivered until somebody acts
 */
export async function deliver(request: BulkRequest, io: DeliveryIo): Promise<void> {
  let open: BulkItem[] | undefined;
  const last = await retried(async () => {
    const round = await (open ? deliverOnce(open, io) : deliverAll(request, io));
    open = round.open;
    return round.failure;
  }, io);
  if (last && !last.isTimeOver) {
    throw new DeliveryError(`${io.endpoint} cannot be reached: ${last.reason}. ${last.advice}`);
  }
}

/** Sends a whole request once; looks at its events one by one only if not all of them are new in the index. */
async function deliverAll(request: BulkRequest, io: DeliveryIo): Promise<Round> {
  const response = await post(bodyOf(request), io);
  if (!("status" in response && isAllCreated(response, request.ends.length))) {
    return settled(itemsOf(request), response, io);
  }
  for (const run of request.runs) io.indexed(run, false);
  return { open: [] };
}

/** Sends `items` once. */
async function deliverOnce(items: BulkItem[], io: DeliveryIo): Promise<Round> {
  return settled(items, await post(bodyOfItems(items), io), io);
}

/** What becomes of `items`; sends them in halves, and as text, where that is called for. */
async function settled(items: BulkItem[], response: HttpResponse | Failure, io: DeliveryIo): Promise<Round> {
  if (response === NO_TIME) return { open: items, failure: NO_TIME };
  if (!("status" in response)) return failed(items, response, io);
  const { status, body, retryAfterMs } = response;
  const results = status === 200 ? parseBulkResponse(body, items.length) : undefined;
  // Of a response with results, all of which is read already, it would be parsed once more.
  const error = results ? undefined : parseEngineError(body);
  const isText = items.every(({ refusal }) => refusal !== undefined);
  const { outcome, advice } = exitOf(REQUEST_EXITS, { status, results, error, events: items.length, isText });
  switch (outcome) {
    case "by event":
      return eachAnswered(items, results!, retryAfterMs, io);
    case "halved":
      return inHalves(items, io);
    case "as text":
      return asText(items, () => refusalOf({ status, error }), io);
    case "set aside":
      io.rejected(items[0]!, `the request was refused: ${refusalOf({ status, error })}`);
      return { open: [] };
    case "retried":
      return failed(items, { reason: whyRetried(status, error?.type), outcome, advice, retryAfterMs }, io);
    default:
      throw new DeliveryError(`${io.endpoint} answered ${status} to _bulk. ${advice} It said: ${saidBy(body)}`);
  }
}

function whyRetried(status: number, type = ""): string {
  return status === 200 ? "200 without a result for each event" : `${status} ${type}`.trim();
}

/** Nothing was sent. */
const NO_TIME: Failure = { reason: "no time was left", outcome: "retried" };

async function post(body: Buffer, io: DeliveryIo): Promise<HttpResponse | Failure> {
  const timeoutMs = Math.min(io.requestTimeoutMs, io.remainingMs());
  if (timeoutMs <= 0) return NO_TIME;
  const headers = { "Content-Type": "application/x-ndjson" };
  io.sent(body.length);
  try {
    return await io.send({ method: "POST", path: BULK_PATH, headers, body, timeoutMs });
  } catch (error) {
    const { outcome, advice } = exitOf(CONNECTION_EXITS, error);
    const reason = failureReason(error);
    if (outcome === "given back") throw new DeliveryError(`${io.endpoint} cannot be reached: ${reason}. ${advice}`);
    return { reason, outcome: outcome as Failure["outcome"], advice };
  }
}

async function eachAnswered(
  items: BulkItem[],
  results: ItemResult[],
  retryAfterMs: number | undefined,
  io: DeliveryIo,
): Promise<Round> {
  const open: BulkItem[] = [];
  const refused = new Map<BulkItem, string>();
  let failure: Failure | undefined;
  for (const [i, item] of items.entries()) {
    const result = results[i]!;
    const { outcome, advice } = itemExit(result, item.refusal !== undefined);
    switch (outcome) {
      case "acknowledged":
        io.indexed({ record: item.record, position: item.position, count: 1 }, isAlreadyPresent(result.status));
        break;
      case "retried":
        failure = { reason: failureOf(result), outcome, advice, retryAfterMs };
        io.failed(failure.reason, 1);
        open.push(item);
        break;
      case "as text":
        refused.set(item, refusalOf(result));
        break;
      case "set aside":
        io.rejected(item, refusalOf(result));
        break;
      default:
        throw new DeliveryError(`${io.endpoint} answered to an event in _bulk: ${refusalOf(result)}. ${advice}`);
    }
  }
  const round: Round = { open, ...(failure && { failure }) };
  return refused.size > 0 ? both(round, await asText([...refused.keys()], (item) => refused.get(item)!, io)) : round;
}

async function inHalves(items: BulkItem[], io: DeliveryIo): Promise<Round> {
  const half = items.length >> 1;
  return both(await deliverOnce(items.slice(0, half), io), await deliverOnce(items.slice(half), io));
}

function asText(items: BulkItem[], refusalTo: (item: BulkItem) => string, io: DeliveryIo): Promise<Round> {
  const texts = items.map((item) => {
    io.conflicted(item);
    const refusal = refusalTo(item);
    return { ...item, ...linesIn(io.textLines(item, refusal)), refusal };
  });
  return deliverOnce(texts, io);
}

function failed(items: BulkItem[], failure: Failure, io: DeliveryIo): Round {
  io.failed(failure.reason, items.length);
  return { open: items, failure };
}

function both(a: Round, b: Round): Round {
  const failure = b.failure ?? a.failure;
  if (!failure) return { open: [] };
  const retryAfterMs = Math.max(a.failure?.retryAfterMs ?? 0, b.failure?.retryAfterMs ?? 0);
  return { open: a.open.concat(b.open), failure: { ...failure, retryAfterMs } };
}
