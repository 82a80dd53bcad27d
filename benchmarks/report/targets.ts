import { median } from "../measure/rounds";
import type { Row, Tables } from "./table";
import { COLD, CORE, FIRST_EVENTS, MEMORY, WHOLE } from "./titles";

/** The memory of a function that the largest batches have to be done with, in MiB, which Lambda calls MB. */
export const FUNCTION_MIB = 256;

interface Target {
  what: string;
  /** Title of the table that tells. */
  table: string;
  /** What is to be compared; undefined when the table does not tell. */
  measure(rows: readonly Row[]): number | undefined;
  atMost?: number;
  atLeast?: number;
  unit: string;
}

type Of = (row: Row) => boolean;

const columnOf = (rows: readonly Row[], column: string, of: Of) => rows.filter(of).map((row) => Number(row[column]));

/** The largest, or the smallest, of the rows' figures: the one that is furthest from the target. */
const extreme =
  (pick: (...numbers: number[]) => number) =>
  (column: string, of: Of = () => true) =>
  (rows: readonly Row[]): number | undefined => {
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

const ofCorpus = (
  corpus: string,
  limit: Pick<Target, "atMost" | "atLeast">,
  table: string,
  column: string,
): Target => ({
  ...{ what: corpus, table, unit: column, ...limit },
  measure: (limit.atLeast === undefined ? most : least)(column, batch(corpus)),
});

/** The last third of the rows beside the middle one: the first is warming up. */
function growth(rows: readonly Row[]): number {
  const third = Math.floor(rows.length / 3);
  const rss = columnOf(rows, "RSS MiB", () => true);
  return median(rss.slice(-third)) / median(rss.slice(-2 * third, -third));
}

/** What is asked of the forwarder. */
const TARGETS: readonly Target[] = [
  ofCorpus(TEXT, { atMost: 1.4 }, CORE, "× floor"),
  ofCorpus(JSON_LOGS, { atMost: 1.8 }, CORE, "× floor"),
  ofCorpus(CLOUD_TRAIL, { atMost: 1.8 }, CORE, "× floor"),
  ...[TEXT, JSON_LOGS, CLOUD_TRAIL].map((corpus) => ofCorpus(corpus, { atLeast: 3.5 }, CORE, "× naive")),
  {
    what: "first 1,000 events",
    table: FIRST_EVENTS,
    measure: most("beyond, ms CPU"),
    atMost: 25,
    unit: "ms CPU beyond steady",
  },
  ...[TEXT, JSON_LOGS, CLOUD_TRAIL].map((corpus) => ofCorpus(corpus, { atMost: 1.35 }, WHOLE, "× core")),
  {
    what: "one record of one event",
    table: WHOLE,
    measure: most("beyond requests, ms", (row) => String(row.batch).endsWith("; 1 × 1")),
    atMost: 0.3,
    unit: "ms CPU beyond the requests",
  },
  {
    what: "first response on Node.js 22",
    table: COLD,
    measure: most("beyond bare, ms", ({ node }) => String(node).startsWith("v22.")),
    atMost: 45,
    unit: "ms beyond a bare process",
  },
  { what: "bundle", table: COLD, measure: most("bundle KB"), atMost: 300, unit: "KB" },
  { what: "peak memory", table: MEMORY, measure: most("peak MiB"), atMost: FUNCTION_MIB, unit: "MiB" },
  { what: "memory, last third", table: MEMORY, measure: growth, atMost: 1.05, unit: "× the middle third" },
];

/** What is asked for of these tables, what was measured, and whether that is enough. */
export function judged(tables: Tables): Row[] {
  return TARGETS.flatMap(({ what, table, measure, atMost, atLeast, unit }): Row[] => {
    const rows = tables[table];
    if (!rows) return [];
    const target = `${what}: ${atMost === undefined ? "≥" : "≤"} ${atMost ?? atLeast} ${unit}`;
    const measured = measure(rows);
    if (measured === undefined) return [{ target, measured: "", met: "not measured" }];
    const met = measured <= (atMost ?? Number.POSITIVE_INFINITY) && measured >= (atLeast ?? Number.NEGATIVE_INFINITY);
    return [{ target, measured, met: met ? "yes" : "no" }];
  });
}
