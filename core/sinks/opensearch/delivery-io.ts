import type { oneAtATime } from "../../concurrency/one-at-a-time";
import type { Failure, RetryIo } from "../../retry/retry";
import type { DeliveryProgress } from "../sink";
import type { BulkItem } from "./bulk-request";
import type { DeliveryObserver } from "./delivery-observer";
import type { PostIo } from "./post-bulk";

/** Dependencies of `deliver`. */
export interface DeliveryIo extends PostIo {
  retry: RetryIo;
  observer: Pick<DeliveryObserver, "sent" | "sentAsText" | "failed">;
  /** Maximum size of a request, in bytes. A larger event is sent in a request of its own. */
  bulkMaxBytes: number;
  progress: DeliveryProgress;
  /** Milliseconds of a monotonic clock. */
  monotonicMs(): number;
  /** The lines that index the item's event as text. */
  textLines(item: BulkItem, rejection: string): string | Buffer;
  /** Sends the events of one request as text at a time: their record has to be decoded again, which takes memory. */
  textsOneAtATime: ReturnType<typeof oneAtATime>;
  /** The lines that probe the index and the shard of the item's event. */
  probeLines(item: BulkItem): string;
  /** The items that were sent once more with their fields: none is a second time. */
  repeated: WeakSet<BulkItem>;
  /** The indices that were seen to accept an event of the batch. */
  accepting: Set<string>;
  /** What became of the batch's probes before a rejection, by index; undefined: the content is the reason. */
  probed: Map<string, Promise<Failure | undefined>>;
}
