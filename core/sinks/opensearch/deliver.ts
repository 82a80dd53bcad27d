import { type Failure, retry } from "../../retry/retry";
import type { BulkItem, BulkRequest } from "./bulk-request";
import { unreachable } from "./delivery-error";
import type { DeliveryIo } from "./delivery-io";
import { Isolation } from "./isolation";
import { sendItems, sendWhole } from "./send-items";

/**
 * Sends one `_bulk` request and retries items that failed with a retryable error until each is indexed or rejected, or the
 * deadline passes. Items that are never reported to the progress are pending.
 *
 * @throws DeliveryError when nothing can be delivered until somebody acts
 */
export async function deliver(request: BulkRequest, io: DeliveryIo): Promise<void> {
  let pending: BulkItem[] | undefined;
  let isolation: Isolation | undefined;
  let failure: Failure | undefined;
  const send = () => {
    if (isolation && !isolation.isOver) return isolation.continue();
    return pending ? sendItems(pending.splice(0), io) : sendWhole(request, io);
  };
  const exhausted = await retry(async () => {
    const round = await send();
    pending = round.pending.concat(pending ?? []);
    if (round.suspects.length > 0) {
      isolation ??= new Isolation(request.ends.at(-1)!, io);
      isolation.add(round.suspects);
    }
    failure = round.failure ?? failure;
    return pending.length > 0 || isolation?.isOver === false ? failure : undefined;
  }, io.retry);
  if (exhausted?.by === "unreachable") throw unreachable(io.endpoint, exhausted.failure);
}
