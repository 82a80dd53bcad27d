import { NOT_SENT } from "../../http/attempt";
import { denialIn, failureKind, parseEngineError } from "../../http/engine-error";
import type { Failure } from "../../retry/retry";
import { classify } from "../../retry/rule";
import { type BulkItem, indexOfItem } from "./bulk-request";
import { type ItemResult, parseBulkResponse } from "./bulk-response";
import { DeliveryError, requestDenied } from "./delivery-error";
import type { DeliveryIo } from "./delivery-io";
import { postBulk } from "./post-bulk";
import { PROBE_RULES } from "./probe-rules";
import { REQUEST_RULES } from "./request-rules";

/** How probes are sent. */
export interface ProbeForm {
  /** Whether it counts only if the engine has really checked the condition: for whoever blames an event for failing. */
  isControl: boolean;
  /** Whether each is as long as its event, by white space: a slow line, a proxy or a circuit breaker may fail by size. */
  isLong: boolean;
}

export const QUESTION: ProbeForm = { isControl: false, isLong: false };
export const CONTROL: ProbeForm = { isControl: true, isLong: true };

/** Which items' indices and shards accept events now, and why the others do not. */
export interface Probed {
  accepting: BulkItem[];
  others: BulkItem[];
  failure?: Failure;
}

/**
 * Asks the engine whether it would accept the items' events if they had no content: the same ids, indices and shards, but
 * the pipeline's own fields alone, in a write that can never be carried out.
 *
 * @throws DeliveryError when the engine would not, until somebody acts
 */
export async function probeItems(items: BulkItem[], form: ProbeForm, io: DeliveryIo): Promise<Probed> {
  const linesOf = (item: BulkItem) => (form.isLong ? lengthened(io.probeLines(item), item) : io.probeLines(item));
  const response = await postBulk(Buffer.from(items.map(linesOf).join("")), io);
  if (!("status" in response)) return unanswered(items, response, io);
  const { status, body, retryAfterMs } = response;
  const results = status === 200 ? parseBulkResponse(body, items.length, "index") : undefined;
  const error = results ? undefined : parseEngineError(body);
  const rule = classify(REQUEST_RULES, { status, results, error, events: items.length, isText: true });
  switch (rule.outcome) {
    case "per item":
      return byResults(items, results!, form, io);
    case "split": {
      const half = items.length >> 1;
      const first = await probeItems(items.slice(0, half), form, io);
      return both(first, await probeItems(items.slice(half), form, io));
    }
    case "indexed as text":
    case "rejected":
      // An event that is too large gets its answer without a control.
      if (form.isLong) return probeItems(items, { ...form, isLong: false }, io);
      return byResults(items, Array<ItemResult>(items.length).fill({ status, error }), form, io);
    case "retried":
    case "isolated":
      return unanswered(items, { outcome: "retried", reason: failureKind({ status, error }), retryAfterMs }, io);
    case "returned to Lambda":
      throw requestDenied(io.endpoint, failureKind({ status, error }), denialIn(body), rule);
    default:
      return rule satisfies never;
  }
}

/**
 * Decides whether an event that was rejected was rejected because of its content. Each index is asked once for all of a
 * batch, unless it does not answer.
 *
 * @returns undefined if it was, or why that cannot be said now
 * @throws DeliveryError when the index rejects every event
 */
export function failureBeforeRejecting(item: BulkItem, io: DeliveryIo): Promise<Failure | undefined> {
  const index = indexOfItem(item);
  const known = io.probed.get(index);
  if (known) return known;
  const asked = probeItems([item], QUESTION, io).then(({ failure }) => {
    if (failure) io.probed.delete(index);
    return failure;
  });
  io.probed.set(index, asked);
  return asked;
}

/** White space between two tokens of the document takes the bytes. */
function lengthened(lines: string, { start, end }: BulkItem): string {
  const missing = end - start - Buffer.byteLength(lines);
  return missing > 0 ? `${lines.slice(0, -2)}${" ".repeat(missing)}}\n` : lines;
}

function byResults(
  items: BulkItem[],
  results: readonly ItemResult[],
  { isControl }: ProbeForm,
  io: DeliveryIo,
): Probed {
  const probed: Probed = { accepting: [], others: [] };
  for (const [i, item] of items.entries()) {
    const result = results[i]!;
    const rule = classify(PROBE_RULES, result);
    switch (rule.outcome) {
      case "the content is the reason":
        probed.accepting.push(item);
        break;
      case "believed":
        if (!isControl) {
          probed.accepting.push(item);
          break;
        }
        probed.others.push(item);
        probed.failure = { outcome: "retried", reason: failureKind(result) };
        break;
      case "retried":
        probed.others.push(item);
        probed.failure = { ...rule, reason: failureKind(result) };
        break;
      case "returned to Lambda":
        throw new DeliveryError(
          rule.code,
          `${io.endpoint} answered to an event without content, for index ${indexOfItem(item)}: ${failureKind(result)}. ${rule.advice}`,
        );
      default:
        rule satisfies never;
    }
  }
  if (probed.failure) io.observer.failed(probed.failure.reason, 0);
  return probed;
}

function unanswered(items: BulkItem[], failure: Failure, io: DeliveryIo): Probed {
  if (failure !== NOT_SENT) io.observer.failed(failure.reason, 0);
  return { accepting: [], others: items, failure };
}

function both(a: Probed, b: Probed): Probed {
  const failure = b.failure ?? a.failure;
  return {
    accepting: a.accepting.concat(b.accepting),
    others: a.others.concat(b.others),
    ...(failure && { failure }),
  };
}
