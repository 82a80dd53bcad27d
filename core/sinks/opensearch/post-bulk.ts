import { type AttemptIo, attempt, NOT_SENT } from "../../http/attempt";
import type { HttpResponse } from "../../http/send";
import type { Failure } from "../../retry/retry";
import { BULK_PATH } from "./bulk-request";
import { unreachable } from "./delivery-error";
import type { DeliveryObserver } from "./delivery-observer";

/**
 * Maximum size of a response, in bytes, to a request of `sentBytes`. Seen on OpenSearch 2.19: an item's error quotes its
 * event's text twice, and takes some 400 bytes besides, of an event of 300 bytes or more that are not quoted. An error of the
 * whole request, or a proxy's page, does not depend on the size.
 *
 * More is possible, if rare: numbers such as `9e6` are quoted as 2.75 times their size. Whatever is answered at such length is
 * isolated.
 */
const maxResponseBytes = (sentBytes: number) => 2 * Math.min(sentBytes, MAX_QUOTED_BYTES) + 1024 * 1024;

/** The default of `BULK_MAX_BYTES`. */
const MAX_QUOTED_BYTES = 5 * 1024 * 1024;

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
  const request = {
    method: "POST",
    path: BULK_PATH,
    headers,
    body,
    maxResponseBytes: maxResponseBytes(body.length),
  } as const;
  const result = await attempt(request, io);
  if (result !== NOT_SENT) io.observer.sent(body.length);
  if ("status" in result || result.outcome !== "returned to Lambda") return result;
  throw unreachable(io.endpoint, result);
}
