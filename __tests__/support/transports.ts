import { nodeTransport } from "../../core/http/node-transport";
import type { HttpRequest, Send } from "../../core/http/send";
import { undiciTransport } from "../../core/http/undici-transport";

/** Each keeps the contract of `Send`. */
export const TRANSPORTS: readonly [string, (origin: string) => Send][] = [
  ["nodeTransport", nodeTransport],
  ["undiciTransport", undiciTransport],
];

export const REQUEST: HttpRequest = {
  method: "POST",
  path: "/_bulk?filter_path=items.%2A.status",
  headers: { "Content-Type": "application/x-ndjson" },
  body: Buffer.from([0, 0xff, 10, 13]),
  timeoutMs: 10_000,
  maxResponseBytes: 32 * 1024 * 1024,
};
