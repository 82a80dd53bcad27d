import { median } from "../measure/rounds";
import type { TableRow, Tables } from "./table";

/** The row of the index that its targets are about. */
export const WITHOUT_EXACT = "template without exact numbers";

/** Titles of the tables that targets are about. */
export const TITLES = {
  core: "The core: decode, write, pack, sign",
  firstEvents: "The first 1,000 events of a process",
  function: "The whole function, against local sinks",
  groups: "Log groups: 500 by turns in a batch, as a shared stream has them, beside one; over TLS",
  cold: "Process start to first response",
  index: "The search engine: an event in an index",
  parsers: "Parsers: a line of each format, as text and as fields",
  otherTexts: "Messages that begin like no format, with parser auto",
  rules: "Rules: an event with them, and × without any",
  programs: "The same object of a Classic Load Balancer, not compressed: from bytes to signed requests",
  objectFormats: "Objects of access logs: from bytes to signed requests",
  objectMemory: "Memory: objects of access logs, gzip of several members",
  logger: "packages/node-logger: a line, on the application's thread",
  start: "npm start: from the command until its page",
  memory: "Memory: the largest batches of an invocation, text and JSON by turns",
} as const;

/** The memory that has to be enough for the largest batches, in MiB, which Lambda calls MB. */
export const FUNCTION_MIB = 256;

interface Target {
  what: string;
  /** Title of the table that the figure is from. */
  table: string;
  /** Returns the figure; undefined when no row has it. */
  figure(rows: readonly TableRow[]): number | undefined;
  atMost?: number;
  atLeast?: number;
  unit: string;
}

type Of = (row: TableRow) => boolean;

const columnOf = (rows: readonly TableRow[], column: string, of: Of) =>
  rows.filter(of).map((row) => Number(row[column]));

/** The largest, or the smallest, figure of the rows: the one furthest from the target. */
const extreme =
  (pick: (...numbers: number[]) => number) =>
  (column: string, of: Of = () => true) =>
  (rows: readonly TableRow[]): number | undefined => {
    const numbers = columnOf(rows, column, of);
    return numbers.length > 0 ? pick(...numbers) : undefined;
  };

const most = extreme(Math.max);
const least = extreme(Math.min);

const TEXT = "access logs (text)";
const JSON_LOGS = "application logs (JSON)";
const CLOUD_TRAIL = "CloudTrail (JSON)";

const batch =
  (start: string): Of =>
  (row) =>
    String(row.batch).startsWith(start);

/** The batches that targets are about: records of 50 events. */
const withBatch =
  (corpus: string): Of =>
  ({ batch }) =>
    String(batch).startsWith(`${corpus}; `) && String(batch).endsWith(" × 50");

const ofCorpus = (
  corpus: string,
  limit: Pick<Target, "atMost" | "atLeast">,
  table: string,
  column: string,
): Target => ({
  ...{ what: corpus, table, unit: column, ...limit },
  figure: (limit.atLeast === undefined ? most : least)(column, withBatch(corpus)),
});

/** Of the template, whose field for exact numbers is priced apart: the price is the next row of the table. */
const ofIndex = (corpus: string, column: string, atLeast: number): Target => ({
  ...{ what: corpus, table: TITLES.index, atLeast, unit: column },
  figure: least(column, (row) => batch(corpus)(row) && row.index === WITHOUT_EXACT),
});

/** How many times as long as ours a program takes. */
const ofProgram = (name: string, inLanguage: string, atLeast: number): Target => ({
  ...{ what: `${name} in ${inLanguage}`, table: TITLES.programs, atLeast, unit: "× ours" },
  figure: least("× ours", ({ program, language }) => program === name && language === inLanguage),
});

/** The largest peak as a multiple of the smallest. */
function spread(rows: readonly TableRow[]): number {
  const peaks = columnOf(rows, "peak MiB", () => true);
  return Math.max(...peaks) / Math.min(...peaks);
}

/** Growth from the middle third of the rows to the last: in the first the process warms up. */
function growth(rows: readonly TableRow[]): number {
  const third = Math.floor(rows.length / 3);
  const rss = columnOf(rows, "RSS MiB", () => true);
  return median(rss.slice(-third)) / median(rss.slice(-2 * third, -third));
}

/** The rows whose target is the logger's: without the SDK, whose cost is not ours, and by a worker, where it is nobody's. */
export const PINO_TRANSPORTS: readonly string[] = ["pino, in its own thread, without the SDK", "pino, by a worker"];

/** The targets of the forwarder, and of the logger. */
const TARGETS: readonly Target[] = [
  ofCorpus(TEXT, { atMost: 1.4 }, TITLES.core, "× floor"),
  ofCorpus(JSON_LOGS, { atMost: 1.8 }, TITLES.core, "× floor"),
  ofCorpus(CLOUD_TRAIL, { atMost: 1.8 }, TITLES.core, "× floor"),
  ...[TEXT, JSON_LOGS, CLOUD_TRAIL].map((corpus) => ofCorpus(corpus, { atLeast: 3.5 }, TITLES.core, "× naive")),
  {
    what: "first 1,000 events",
    table: TITLES.firstEvents,
    figure: most("beyond, ms CPU"),
    atMost: 25,
    unit: "ms CPU beyond steady",
  },
  ...[TEXT, JSON_LOGS, CLOUD_TRAIL].map((corpus) => ofCorpus(corpus, { atMost: 1.35 }, TITLES.function, "× core")),
  {
    what: "one record of one event",
    table: TITLES.function,
    figure: most("beyond requests, ms", (row) => String(row.batch).endsWith("; 1 × 1")),
    atMost: 0.3,
    unit: "ms CPU beyond the requests",
  },
  { what: "500 log groups", table: TITLES.groups, figure: most("× 1 log group"), atMost: 1.3, unit: "× 1 log group" },
  {
    what: "first response on Node.js 22",
    table: TITLES.cold,
    figure: most("beyond bare, ms", ({ node }) => String(node).startsWith("v22.")),
    atMost: 45,
    unit: "ms beyond a bare process",
  },
  ...[
    ofIndex(TEXT, "disk less, %", 45),
    ofIndex(TEXT, "CPU less, %", 25),
    ofIndex(JSON_LOGS, "disk less, %", 25),
    ofIndex(JSON_LOGS, "CPU less, %", 20),
    ofIndex(CLOUD_TRAIL, "disk less, %", 40),
    ofIndex(CLOUD_TRAIL, "CPU less, %", 40),
  ],
  ...["Python", "JavaScript"].flatMap((language) => [
    ofProgram("elb-to-es", language, 3),
    ofProgram("CLO", language, 5),
  ]),
  {
    what: "objects in gzip",
    table: TITLES.objectFormats,
    figure: most("× floor", ({ object }) => object === "gzip"),
    atMost: 3,
    unit: "× floor",
  },
  { what: "objects, memory", table: TITLES.objectMemory, figure: most("peak MiB"), atMost: FUNCTION_MIB, unit: "MiB" },
  {
    what: "objects, memory",
    table: TITLES.objectMemory,
    figure: spread,
    atMost: 1.1,
    unit: "× the smallest object's",
  },
  { what: "parsers", table: TITLES.parsers, figure: most("× text"), atMost: 4, unit: "× text" },
  {
    what: "pino's transports",
    table: TITLES.logger,
    figure: most("µs beyond pino", ({ logger }) => PINO_TRANSPORTS.includes(String(logger))),
    atMost: 2,
    unit: "µs beyond pino",
  },
  {
    what: "npm start, its link",
    table: TITLES.start,
    figure: most("slowest, s", ({ until }) => until === "link printed"),
    atMost: 15,
    unit: "s",
  },
  { what: "bundle", table: TITLES.cold, figure: most("bundle KB"), atMost: 320, unit: "KB" },
  { what: "peak memory", table: TITLES.memory, figure: most("peak MiB"), atMost: FUNCTION_MIB, unit: "MiB" },
  { what: "memory, last third", table: TITLES.memory, figure: growth, atMost: 1.05, unit: "× the middle third" },
];

/** Judges tables by the targets that are about them: the target, the measured figure, and whether it meets the target. */
export function judged(tables: Tables): TableRow[] {
  return TARGETS.flatMap(({ what, table, figure, atMost, atLeast, unit }): TableRow[] => {
    const rows = tables[table];
    if (!rows) return [];
    const target = `${what}: ${atMost === undefined ? "≥" : "≤"} ${atMost ?? atLeast} ${unit}`;
    const measured = figure(rows);
    if (measured === undefined) return [{ target, measured: "", met: "not measured" }];
    const met = measured <= (atMost ?? Number.POSITIVE_INFINITY) && measured >= (atLeast ?? Number.NEGATIVE_INFINITY);
    return [{ target, measured, met: met ? "yes" : "no" }];
  });
}
