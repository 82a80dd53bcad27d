import { constants, gzipSync } from "node:zlib";
import type { Send } from "./send";

/** Higher levels take several times the CPU time for a few per cent fewer bytes. Pieces: whole bodies take few. */
const OPTIONS = { level: constants.Z_BEST_SPEED, chunkSize: 256 * 1024 };

/**
 * Returns a `Send` that gzips the body of each request and passes it to `send`, which signs what is sent. While a request is in
 * flight, its compressed body is in memory beside the one that was given.
 *
 * Engines count the inflated size of a body against `http.max_content_length`.
 *
 * Source: Amazon OpenSearch Service Developer Guide, "Compressing HTTP requests in Amazon OpenSearch Service".
 */
export const compressing =
  (send: Send): Send =>
  async (request) =>
    send({
      ...request,
      headers: { ...request.headers, "Content-Encoding": "gzip" },
      body: gzipSync(request.body, OPTIONS),
    });
