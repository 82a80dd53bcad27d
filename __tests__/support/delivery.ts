import { oneAtATime } from "../../core/concurrency/one-at-a-time";
import {
  type BulkItem,
  type BulkRequest,
  bulkLines,
  linesIn,
  neverWritten,
} from "../../core/sinks/opensearch/bulk-request";
import type { DeliveryIo } from "../../core/sinks/opensearch/delivery-io";
import { pack } from "../../core/sinks/opensearch/pack";
import { FakeClock, retryIo } from "./clock";
import { SearchEngine } from "./search-engine";

const INDEX = "cwl-foo-2026.11.21";

export const bulkItem = (n: number, document: object = { n }): BulkItem => ({
  record: 0,
  position: n,
  ...linesIn(bulkLines(INDEX, String(n), JSON.stringify(document))),
});

export const linesOf = ({ buffer, start, end }: BulkItem): string => buffer.toString("utf8", start, end);

export const bulkItems = (count: number): BulkItem[] => Array.from({ length: count }, (_, n) => bulkItem(n));

/** One request that sends all of `items`. */
export function requestOf(items: BulkItem[]): BulkRequest {
  const each = items.map(({ record, position, buffer, end }) => ({ record, position, buffer, ends: [end] }));
  const [request] = [...pack(each, 1024 * 1024)];
  return request!;
}

export const bulkRequest = (count: number): BulkRequest => requestOf(bulkItems(count));

/** Everything `deliver` needs, in memory; what it reported of each item is in the arrays. */
export function prepareDelivery(deadlineMs = 60_000) {
  const engine = new SearchEngine();
  const clock = new FakeClock(deadlineMs);
  const indexed: number[] = [];
  const present: number[] = [];
  const rejected: [position: number, rejection: string][] = [];
  const failures: string[] = [];
  const asText: number[] = [];
  const sentBytes: number[] = [];
  const io: DeliveryIo = {
    send: engine.send,
    endpoint: "https://search.example",
    requestTimeoutMs: 30_000,
    bulkMaxBytes: 1024 * 1024,
    textsOneAtATime: oneAtATime(),
    retry: retryIo(clock),
    monotonicMs: () => clock.nowMs,
    probeLines: ({ position }) => neverWritten(INDEX, String(position), '{"probe":true}'),
    probed: new Map(),
    accepting: new Set(),
    repeated: new WeakSet(),
    observer: {
      sent: (bytes) => sentBytes.push(bytes),
      sentAsText: () => {},
      failed: (reason, items) => failures.push(`${items} × ${reason}`),
    },
    progress: {
      delivered: ({ position, count }, alreadyPresent) => {
        for (let n = 0; n < count; n++) (alreadyPresent ? present : indexed).push(position + n);
      },
      rejected: ({ position }, rejection) => rejected.push([position, rejection]),
    },
    textLines: ({ position }, rejection) => {
      asText.push(position);
      return linesOf(bulkItem(position, { text: true, rejection }));
    },
  };
  return { engine, clock, io, indexed, present, rejected, failures, asText, sentBytes };
}
