import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the search endpoint does with events. */
export type WorstAnswer = "accepts" | "rejects" | "never ends";

/** A search endpoint and an S3 in one, which keep nothing but counts. */
export class WorstEndpoints {
  answer: WorstAnswer = "accepts";
  /** Events received, each time they were. */
  events = 0;
  /** The folders of the objects that were put, such as `archive`. */
  folders = new Set<string>();
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("error", () => {});
    request.on("end", () => {
      if (request.url!.startsWith("/_bulk")) this.#bulk(Buffer.concat(chunks), response);
      else {
        this.folders.add(request.url!.split("/")[2]!);
        response.end();
      }
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #bulk(body: Buffer, response: ServerResponse): void {
    // A probe, which asks whether an event without content would be accepted: its condition is never met.
    if (body.subarray(0, PROBE.length).equals(PROBE)) {
      response.end('{"items":[{"index":{"status":409}}]}');
      return;
    }
    const sizes = documentSizes(body);
    this.events += sizes.length;
    switch (this.answer) {
      case "accepts":
        response.end(`{"items":[${sizes.map(() => '{"create":{"status":201}}').join(",")}]}`);
        break;
      case "rejects":
        rejectAll(sizes, response);
        break;
      case "never ends":
        endless(response);
        break;
      default:
        this.answer satisfies never;
    }
  }
}

const PROBE = Buffer.from('{"index":');

/** Sizes of the documents in a `_bulk` request, in bytes. */
function documentSizes(body: Buffer): number[] {
  const sizes: number[] = [];
  for (let at = body.indexOf("\n") + 1; at > 0; at = body.indexOf("\n", at) + 1) {
    const end = body.indexOf("\n", at);
    sizes.push(end - at);
    at = end + 1;
  }
  return sizes;
}

/** As OpenSearch 2.19 rejects a long text in a field of another type: it quotes the text twice. */
function rejectAll(sizes: readonly number[], response: ServerResponse): void {
  response.write('{"items":[');
  for (const [i, size] of sizes.entries()) {
    // One character of two bytes a character, in JavaScript's memory, makes the whole text so.
    const quoted = `${"x".repeat(Math.ceil(0.99 * size))}\u20ac`;
    const error = { type: "mapper_parsing_exception", reason: quoted, caused_by: { type: "a", reason: quoted } };
    response.write(`${i > 0 ? "," : ""}${JSON.stringify({ create: { status: 400, error } })}`);
  }
  response.end("]}");
}

function endless(response: ServerResponse): void {
  const part = Buffer.alloc(64 * 1024, "x");
  const next = () => void (response.destroyed || response.write(part, () => setImmediate(next)));
  next();
}
