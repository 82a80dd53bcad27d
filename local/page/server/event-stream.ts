import type { ServerResponse } from "node:http";
import { HEARTBEAT_EVENT, HEARTBEAT_MS, MAX_OPEN_PAGES, PATCH_EVENT, STATE_EVENT } from "../shared/page-state";
import { patchOf } from "../shared/state-patch";

/** How soon a page asks again after its connection is lost, in milliseconds. */
const RETRY_MS = 1_000;

/**
 * Sends a state to all pages that are open: the whole to one that opens, and what has changed from then on. A page that reads slowly
 * gets the whole again when it has read, so that nothing is kept for it. Source: WHATWG HTML, "Server-sent events".
 */
export class EventStream {
  readonly #open = new Set<ServerResponse>();
  readonly #heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS).unref();
  readonly #behind = new WeakSet<ServerResponse>();
  #state: unknown;
  /** The event with the whole state, once somebody needs it. */
  #whole: string | undefined;

  /** @returns whether there is room for a further page; if so, it gets the state at once */
  add(response: ServerResponse): boolean {
    if (this.#open.size >= MAX_OPEN_PAGES) return false;
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write(`retry: ${RETRY_MS}\n\n`);
    if (this.#state !== undefined) response.write(this.#wholeEvent());
    this.#open.add(response);
    response.on("close", () => this.#open.delete(response));
    return true;
  }

  /** @param state JSON, of which nothing is changed afterwards */
  send(state: unknown): void {
    const isFirst = this.#state === undefined;
    const patch = isFirst ? undefined : patchOf(this.#state, state);
    if (!isFirst && !patch) return;
    this.#state = state;
    this.#whole = undefined;
    const event = patch ? eventOf(PATCH_EVENT, patch) : this.#wholeEvent();
    for (const response of this.#open) this.#write(response, event);
  }

  end(): void {
    clearInterval(this.#heartbeat);
    for (const response of this.#open) response.end();
  }

  #write(response: ServerResponse, event: string): void {
    if (this.#behind.has(response)) return;
    if (!response.writableNeedDrain) {
      response.write(event);
      return;
    }
    this.#behind.add(response);
    response.once("drain", () => {
      this.#behind.delete(response);
      response.write(this.#wholeEvent());
    });
  }

  #wholeEvent(): string {
    this.#whole ??= eventOf(STATE_EVENT, this.#state);
    return this.#whole;
  }

  #beat(): void {
    for (const response of this.#open) if (!response.writableNeedDrain) response.write(eventOf(HEARTBEAT_EVENT, null));
  }
}

/** JSON has no line break. */
const eventOf = (name: string, data: unknown): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
