import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Real logs beside the project; README.md there says where they come from. */
const FOLDER = join("..", "shared", "corpus");

const ACCESS_LOGS = [
  "apache-access.log",
  "nginx-access.log",
  "alb.log",
  "s3-access.log",
  "vpc-flow.log",
  "rds-postgresql.log",
];

/** Messages that a benchmark repeats as often as it needs. */
export interface Corpus {
  name: string;
  messages: readonly string[];
}

function linesOf(name: string): string[] {
  return readFileSync(join(FOLDER, name), "utf8")
    .split("\n")
    .filter((line) => line !== "");
}

/** Where the messages come from, for the benchmark's first line. */
export const corpusSource = (): string =>
  existsSync(FOLDER) ? `real logs of ${FOLDER}, and generated ones` : `generated lines only: ${FOLDER} is not there`;

/** The messages that the targets are about. */
export function corpora(): Corpus[] {
  const isThere = existsSync(FOLDER);
  return [
    { name: "access logs (text)", messages: isThere ? ACCESS_LOGS.flatMap(linesOf) : some(textOf, 170) },
    { name: "application logs (JSON)", messages: some(jsonOf, 270) },
    { name: "CloudTrail (JSON)", messages: isThere ? linesOf("cloudtrail.ndjson") : some(jsonOf, 2000) },
  ];
}

/** Messages of about so many bytes. */
export const textOfSize = (bytes: number): Corpus => ({ name: `text, ${bytes} B`, messages: some(textOf, bytes) });
export const jsonOfSize = (bytes: number): Corpus => ({ name: `JSON, ${bytes} B`, messages: some(jsonOf, bytes) });

const some = (messageOf: (n: number, bytes: number) => string, bytes: number): string[] =>
  Array.from({ length: 500 }, (_, n) => messageOf(n, bytes));

const PATHS = ["/", "/login", "/cart?item=7", "/static/app.js", "/api/v2/orders/search?q=k%C3%A4se&page=2"];
const LEVELS = ["debug", "info", "warn", "error"];

function textOf(n: number, bytes: number): string {
  const start = `10.0.${n % 256}.7 "GET ${PATHS[n % 5]} HTTP/1.1" ${200 + (n % 5) * 100} ${n * 31}`;
  return (start + ' "https://example.com/" Mozilla/5.0 (X11; Linux)'.repeat(1 + bytes / 50)).slice(0, bytes);
}

function jsonOf(n: number, bytes: number): string {
  if (bytes < 100) return `{"level":"${LEVELS[n % 4]}","n":${n},"msg":"${"started ".repeat(3)}"}`;
  const event = {
    level: LEVELS[n % 4],
    logger: "com.example.shop.Checkout",
    message: `order "${n}" placed`,
    http: { status: 200 + (n % 5) * 100, path: PATHS[n % 5], ms: n / 7 },
    tags: ["a", "b"],
    stack: "",
  };
  const frame = "\n\tat checkout (/app/shop.js:17:3)";
  event.stack = frame.repeat(Math.max(0, Math.round((bytes - JSON.stringify(event).length) / 34)));
  return JSON.stringify(event);
}
