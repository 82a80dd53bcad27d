import type { BulkRequest } from "./bulk-request";

/** Buffers that no request uses at present. Fresh ones cost the kernel a page fault for every 4 KiB. */
const free: Buffer[] = [];

/** A buffer for the body of a request. */
export function takeBody(bytes: number): Buffer {
  const body = free.pop();
  return body?.length === bytes ? body : Buffer.allocUnsafeSlow(bytes);
}

/** Takes the body of a request back that is over, with all its retries: nothing reads it any more. */
export function giveBack({ buffer }: BulkRequest): void {
  free.push(buffer);
}
