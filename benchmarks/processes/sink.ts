import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { CERTIFICATE_FILES } from "../subjects/local-sink";

/**
 * Answers at once: `_bulk` with 201 for each event, every other request, S3's, with an empty 200. Prints its ports, that of http
 * and that of TLS.
 */
const NEWLINE = 10;

/** An event is two lines. */
function eventsIn(received: Buffer[], { headers }: IncomingMessage): number {
  const chunks = headers["content-encoding"] === "gzip" ? [gunzipSync(Buffer.concat(received))] : received;
  let lines = 0;
  for (const chunk of chunks)
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) lines++;
  return lines / 2;
}

const answer: RequestListener = (request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const items = Array(request.url!.startsWith("/_bulk") ? eventsIn(chunks, request) : 0).fill(
      '{"create":{"status":201}}',
    );
    response.end(items.length > 0 ? `{"items":[${items.join(",")}]}` : "");
  });
};

function portOf(server: Server): Promise<number> {
  // Clients wait for one another; a connection that is closed meanwhile would fail the next request.
  server.keepAliveTimeout = 0;
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)));
}

const [cert, key] = [CERTIFICATE_FILES.cert, CERTIFICATE_FILES.key].map((name) => readFileSync(join(__dirname, name)));
void Promise.all([createServer(answer), createTlsServer({ cert, key }, answer)].map(portOf)).then((ports) =>
  console.log(ports.join(" ")),
);
process.stdin.on("end", () => process.exit()).resume();
