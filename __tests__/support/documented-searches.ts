import { readFileSync } from "node:fs";
import { join } from "node:path";
import { documentId } from "../../core/events/document-id";
import type { LogEvent } from "../../core/events/envelope";
import type { Engine } from "../../local/opensearch/engine";
import { callEngine, forwardTo } from "./engines";
import { ARRIVAL, eventId, logEvent } from "./kinesis";

/** A search of docs/searching.md: its two blocks. */
export interface DocumentedSearch {
  title: string;
  command: string;
  dql: string;
}

const PAGE = readFileSync(join(__dirname, "../../docs/searching.md"), "utf8");

/** Reads the command for requests that curl signs. */
export const signableSearch = (): string => /^```sh\n(printf [\s\S]+?)^```$/m.exec(PAGE)?.[1] ?? "";

/** Reads the ten searches as they are documented. */
export function documentedSearches(): DocumentedSearch[] {
  return [...PAGE.matchAll(/^### \d+\. (.+)\n([\s\S]+?)(?=^##|$(?![\s\S]))/gm)].map(([, title, section]) => ({
    title: title!,
    command: blockOf(section!, "sh"),
    dql: blockOf(section!, "dql").trim(),
  }));
}

const blockOf = (section: string, language: string): string =>
  new RegExp(`^\`\`\`${language}\n([\\s\\S]+?)^\`\`\`$`, "m").exec(section)?.[1] ?? "";

/** The event of "One event by its id". */
export const KNOWN_ID = "39321684215036210918041839265203150124871635402183704576";
export const ORDERS = "/app/orders";
export const KNOWN_DOCUMENT = documentId(KNOWN_ID, { owner: "111111111111", logGroup: ORDERS });

const MINUTE_MS = 60_000;

/** No log group of CloudWatch Logs has such a name; a stream that an application writes to is one to the search. */
export const HOSTILE_GROUP = `it's "!x" $(id) \`id\` \\ % & + # 🐈 {*}`;

/** Forwards what the documented searches look for, and as much of what they do not. @param now ms since the epoch */
export async function forwardSearched(engine: Engine, now: number): Promise<void> {
  const event = (n: number, message: object | string, ageMinutes: number): LogEvent =>
    logEvent(n, typeof message === "string" ? message : JSON.stringify(message), now - ageMinutes * MINUTE_MS);
  const line = (level: string, service: string, status: number, message: string) => ({
    level,
    service: { name: service },
    logger: "http",
    status,
    message,
  });
  await forwardTo(
    engine,
    ORDERS,
    [
      event(1, line("info", "orders", 200, "order accepted"), 1),
      event(2, line("error", "payments", 502, "payment refused: the card has expired"), 3),
      event(3, line("ERROR", "payments", 404, "card unknown, has not expired"), 3),
      event(4, line("error", "orders", 503, "stock is locked"), 7),
      event(5, line("error", "orders", 500, "stock is locked"), 120),
      // A name twice: text.
      event(6, '{"level":"error","level":"error","service":{"name":"orders"}}', 2),
    ],
    {},
    { arrival: now },
  );
  await forwardTo(
    engine,
    "/app/orders-2",
    [event(7, "192.0.2.1 GET /cards 200", 1), event(8, { ...line("info", "", 200, "ok"), service: "web" }, 90)],
    {},
    { arrival: now },
  );
  const report = (n: number, durationMs: number) =>
    event(
      n,
      {
        time: "2026-11-21T03:00:00.000Z",
        type: "platform.report",
        record: { requestId: "r", metrics: { durationMs } },
      },
      4,
    );
  await forwardTo(
    engine,
    "/aws/lambda/checkout",
    [report(9, 18), report(10, 2_618.593), report(11, 1_040.2)],
    {},
    { arrival: now },
  );
  const neighbour = (id: string, seconds: number, message: string) => ({
    id,
    timestamp: ARRIVAL + seconds * 1000,
    message,
  });
  const stream = { logStream: "i-0123456789abcdef0" };
  const neighbours = [-90, -30, 30, 90].map((seconds, n) => neighbour(eventId(20 + n), seconds, `at ${seconds} s`));
  await forwardTo(engine, ORDERS, [...neighbours, neighbour(KNOWN_ID, 0, "here")], stream, {
    arrival: ARRIVAL + 100_000,
  });
  await forwardTo(engine, ORDERS, [neighbour(eventId(30), 1, "elsewhere")], {}, { arrival: ARRIVAL + 100_000 });
  await forwardTo(engine, HOSTILE_GROUP, [event(40, "hostile", 200)], {}, { arrival: now });
  await callEngine(engine, "POST", "/cwl-*/_refresh");
}
