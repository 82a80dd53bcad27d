import type { ServerResponse } from "node:http";
import { MAX_OPEN_PAGES } from "../shared/page-state";

/** Proxies and browsers end connections on which nothing comes. */
const HEARTBEAT_MS = 15_000;

/** How soon a page asks again after its connection is lost, in milliseconds. */
const RETRY_MS = 1_000;

/** Sends the same events to all pages that are open: server-sent events. Source: WHATWG HTML, "Server-sent events". */
export class EventStream {
  readonly #open = new Set<ServerResponse>();
  readonly #heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS).unref();
  readonly #behind = new WeakSet<ServerResponse>();
  #last: string | undefined;

  /** @returns whether there is room for a further page; if so, it gets the last event at once */
  add(response: ServerResponse): boolean {
    if (this.#open.size >= MAX_OPEN_PAGES) return false;
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write(`retry: ${RETRY_MS}\n\n`);
    if (this.#last !== undefined) response.write(this.#last);
    this.#open.add(response);
    response.on("close", () => this.#open.delete(response));
    return true;
  }

  /** @param data written as JSON, which has no line break */
  send(name: string, data: unknown): void {
    const event = `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
    if (event === this.#last) return;
    this.#last = event;
    for (const response of this.#open) this.#sendLast(response);
  }

  end(): void {
    clearInterval(this.#heartbeat);
    for (const response of this.#open) response.end();
  }

  /** To a page that reads slowly when it has read: the newest event tells it all. */
  #sendLast(response: ServerResponse): void {
    if (!response.writableNeedDrain) response.write(this.#last!);
    else if (!this.#behind.has(response)) {
      this.#behind.add(response);
      response.once("drain", () => {
        this.#behind.delete(response);
        response.write(this.#last!);
      });
    }
  }

  #beat(): void {
    for (const response of this.#open) if (!response.writableNeedDrain) response.write(": heartbeat\n\n");
  }
}
