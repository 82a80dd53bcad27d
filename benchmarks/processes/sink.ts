import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Answers at once: `_bulk` with 201 for each event, every other request, S3's, with an empty 200. Prints its port. */
const NEWLINE = 10;

/** An event is two lines. */
function eventsIn(chunks: Buffer[]): number {
  let lines = 0;
  for (const chunk of chunks)
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) lines++;
  return lines / 2;
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const items = Array(request.url!.startsWith("/_bulk") ? eventsIn(chunks) : 0).fill('{"create":{"status":201}}');
    response.end(items.length > 0 ? `{"items":[${items.join(",")}]}` : "");
  });
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
process.stdin.on("end", () => process.exit()).resume();
