import { type AttemptIo, attempt, NOT_SENT } from "../../http/attempt";
import type { HttpResponse } from "../../http/send";
import type { Failure } from "../../retry/retry";
import { BULK_PATH } from "./bulk-request";
import { unreachable } from "./delivery-error";
import type { DeliveryObserver } from "./delivery-observer";

export interface PostIo extends AttemptIo {
  /** Named in errors. */
  endpoint: string;
  observer: Pick<DeliveryObserver, "sent">;
}

/**
 * Sends one `_bulk` request.
 *
 * @returns the complete response, or the failure in its place
 * @throws DeliveryError when no request can succeed until somebody acts
 */
export async function postBulk(body: Buffer, io: PostIo): Promise<HttpResponse | Failure> {
  const headers = { "Content-Type": "application/x-ndjson" };
  const result = await attempt({ method: "POST", path: BULK_PATH, headers, body }, io);
  if (result !== NOT_SENT) io.observer.sent(body.length);
  if ("status" in result || result.outcome !== "returned to Lambda") return result;
  throw unreachable(io.endpoint, result);
}
