import { inParallel } from "../../concurrency/in-parallel";
import { oneAtATime } from "../../concurrency/one-at-a-time";
import type { Sink } from "../sink";
import { release } from "./buffer-pool";
import type { BulkBatch } from "./bulk-batch";
import type { BulkRequest } from "./bulk-request";
import { deliver } from "./deliver";
import type { DeliveryIo } from "./delivery-io";
import type { DeliveryObserver } from "./delivery-observer";
import { pack } from "./pack";

export interface OpenSearchOptions
  extends Omit<
    DeliveryIo,
    "progress" | "textLines" | "textsOneAtATime" | "probeLines" | "probed" | "accepting" | "repeated"
  > {
  observer: DeliveryObserver;
  /** Maximum number of concurrent `_bulk` requests; each holds up to `bulkMaxBytes`. */
  bulkRequests: number;
}

/** Delivers events to OpenSearch or Elasticsearch by `_bulk`. */
export function openSearchSink(options: OpenSearchOptions): Sink<BulkBatch> {
  return {
    async deliver(batch, progress) {
      const io: DeliveryIo = {
        ...options,
        progress,
        textLines: (item, rejection) => batch.textLines(item, rejection),
        textsOneAtATime: oneAtATime(),
        probeLines: (item) => batch.probeLines(item),
        probed: new Map(),
        accepting: new Set(),
        repeated: new WeakSet(),
      };
      const requests = timed(pack(batch.lines(), options.bulkMaxBytes), options);
      await inParallel(options.bulkRequests, requests, async (request) => {
        await deliver(request, io);
        release(request.buffer, options.bulkMaxBytes);
      });
    },
  };
}

/** Yields `requests`, and reports how long building each of them took. */
function* timed(requests: Iterator<BulkRequest>, { observer, monotonicMs }: OpenSearchOptions): Generator<BulkRequest> {
  for (;;) {
    const start = monotonicMs();
    const next = requests.next();
    observer.packed(next.done ? 0 : next.value.ends.length, monotonicMs() - start);
    if (next.done) return;
    yield next.value;
  }
}
