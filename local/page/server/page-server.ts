import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream/promises";
import { MAX_OPEN_PAGES, type PageState } from "../shared/page-state";
import type { PageAssets } from "./assets";
import { EventStream } from "./event-stream";
import { admit, bodyChunks, checkBody, type Denied, readBody } from "./guard";
import { RESPONSE_HEADERS } from "./response-headers";
import { PageError, type PageRequest, type PageRoute, type PageSection } from "./section";

export interface PageServerOptions {
  readonly assets: PageAssets;
  readonly sections: readonly PageSection[];
}

export interface PageServer {
  /** `http://127.0.0.1:<port>/<token>/`; whoever knows it may do what the page can do. */
  readonly url: string;
  /** Sends what the page shows from now on to all pages that are open. */
  show(state: PageState): void;
  stop(): Promise<void>;
}

/** A browser has six for each host; the pages that may be open together need no more than these. */
export const MAX_CONNECTIONS = 256;

/** Serves the page on a free port of 127.0.0.1, below a random token of 256 bits. */
export async function startPageServer({ assets, sections }: PageServerOptions): Promise<PageServer> {
  const routes = new Map(sections.flatMap((section) => Object.entries<PageRoute>(section.routes)));
  const events = new EventStream();
  const token = randomBytes(32).toString("base64url");
  let port = 0;

  const answer = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = "", url: target = "", headers } = message;
    const admitted = admit({ method, target, headers }, { port, token });
    if ("status" in admitted) return deny(response, admitted);
    const { path, query } = admitted;
    if (method === "GET" && Object.hasOwn(assets, path)) {
      const { type, content } = assets[path]!;
      response.writeHead(200, { "Content-Type": type }).end(content);
      return;
    }
    if (method === "GET" && path === "api/state") {
      if (events.add(response)) return;
      return deny(response, { status: 503, message: `${MAX_OPEN_PAGES} pages are open already. Close one of them.` });
    }
    const route = routes.get(`${method} ${path}`);
    if (!route) return deny(response, { status: 404, message: "There is no such page." });
    if (method === "GET") return answerRoute(route, { query, body: Buffer.alloc(0) }, response);
    const denied = checkBody(headers, route);
    if (denied) return deny(response, denied);
    if (route.body?.type === "application/octet-stream") {
      const content = bodyChunks(message, route);
      return answerRoute(route, { query, body: Buffer.alloc(0), content }, response);
    }
    const body = await readBody(message, route);
    if ("status" in body) return deny(response, body);
    await answerRoute(route, { query, body }, response);
  };

  const server = createServer((message, response) => {
    for (const [name, value] of Object.entries(RESPONSE_HEADERS)) response.setHeader(name, value);
    answer(message, response).catch((error: unknown) => fail(response, error));
  });
  // Programs that do not know the token must not use up what files the pipeline may open.
  server.maxConnections = MAX_CONNECTIONS;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // The start ends although a page is open.
  server.unref();
  ({ port } = server.address() as AddressInfo);
  return {
    url: `http://127.0.0.1:${port}/${token}/`,
    show: (state) => events.send(state),
    async stop() {
      events.end();
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function answerRoute(
  route: PageRoute,
  request: Omit<PageRequest, "signal">,
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  const answer = await route.handle({ ...request, signal: gone.signal });
  if ("json" in answer) return sendJson(response, 200, answer.json);
  response.writeHead(200, {
    // As an attachment of this type no browser shows it.
    "Content-Type": "application/octet-stream",
    "Content-Disposition": `attachment; filename="${answer.fileName.replaceAll(/[^\w.-]/g, "-")}"`,
  });
  await pipeline(answer.content, response);
}

function deny(response: ServerResponse, { status, message }: Denied): void {
  // What was not read of a request would be taken for the next one.
  response.setHeader("Connection", "close");
  sendJson(response, status, { error: message });
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const message = error instanceof Error ? error.message : String(error);
  deny(response, { status: error instanceof PageError ? error.status : 500, message });
}

function sendJson(response: ServerResponse, status: number, json: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(json));
}
