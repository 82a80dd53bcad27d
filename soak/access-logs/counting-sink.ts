import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import type { FoundLine } from "./found-lines";

/** Stands for a search engine that keeps each document that is created, and answers 409 to a further one of its id. */
export interface CountingSink {
  readonly url: string;
  /** Of all indices. */
  documents(): FoundLine[];
  /** Documents that were there already. */
  readonly repeated: number;
  stop(): Promise<void>;
}

interface Action {
  readonly create: { readonly _index: string; readonly _id: string };
}

interface Document {
  readonly message?: string;
  readonly event?: { readonly original?: string };
}

/** @param answerMs how long a `_bulk` request takes, so that an object takes as long as its test needs */
export async function startCountingSink(answerMs: number): Promise<CountingSink> {
  const documents = new Map<string, FoundLine>();
  let repeated = 0;
  const create = (action: string, document: string): number => {
    const { _index, _id } = (JSON.parse(action) as Action).create;
    const place = `${_index}/${_id}`;
    if (documents.has(place)) {
      repeated++;
      return 409;
    }
    const { event, message } = JSON.parse(document) as Document;
    documents.set(place, { id: _id, text: event?.original ?? message ?? "" });
    return 201;
  };
  const server = createServer(async (request, response) => {
    const lines = (await buffer(request)).toString().split("\n");
    const items: object[] = [];
    for (let n = 0; n + 1 < lines.length; n += 2) items.push({ create: { status: create(lines[n]!, lines[n + 1]!) } });
    await sleep(answerMs);
    response.end(JSON.stringify({ items }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    documents: () => [...documents.values()],
    get repeated() {
      return repeated;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
