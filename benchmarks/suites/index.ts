import { corpora, type SourcedCorpus } from "../corpus/corpora";
import type { TableRow, Tables } from "../report/table";
import { TITLES } from "../report/targets";
import { indexBodies } from "../subjects/index-bodies";
import { type IndexCost, type MeasuredEngine, measuredEngine, medianCost } from "../subjects/index-engine";
import { CHOICES, CONTENT, DYNAMIC, type IndexVariant } from "./index-variants";
import { lineOf, progress, type SuiteResult } from "./suite";

export const INDEX_TABLES = ["content", "choices", "groups"] as const;

export interface IndexOptions {
  /** Origin of an engine that runs. @default OpenSearch is started */
  engine?: string;
  rounds: number;
  /** Those to measure. */
  tables: readonly string[];
}

/** Measures what the search engine pays for an event: before and after, in turns, on the bodies that the forwarder sends. */
export async function indexSuite({ engine: origin, rounds, tables }: IndexOptions): Promise<SuiteResult> {
  const engine = await measuredEngine(origin);
  progress(`Measured: ${engine.what}`);
  try {
    const measured: Record<string, TableRow[]> = {};
    if (tables.includes("content")) measured[TITLES.index] = await eachCorpus(engine, CONTENT, rounds);
    if (tables.includes("choices")) measured["What each choice costs"] = await eachCorpus(engine, CHOICES, rounds);
    if (tables.includes("groups")) measured["Small log groups"] = await groups(engine);
    return { tables: measured satisfies Tables };
  } finally {
    await engine.stop();
  }
}

/** As many events as take an engine some seconds. Fewer would be the first of an index, each of which brings new fields. */
const eventsOf = ({ name }: SourcedCorpus): number => (name.startsWith("CloudTrail") ? 64_000 : 150_000);

/** Rounds that are not counted: meanwhile the engine's JVM compiles, which takes as much CPU as indexing does. */
const WARM_ROUNDS = 2;

async function eachCorpus(
  engine: MeasuredEngine,
  variants: readonly IndexVariant[],
  rounds: number,
): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  // CORPUS_DIR's own case is of all lines in a folder, whose lengths nobody knows.
  for (const corpus of corpora().filter(({ name }) => name !== "CORPUS_DIR")) {
    const events = eventsOf(corpus);
    const bodies = indexBodies(corpus, { events });
    const costs = variants.map((): IndexCost[] => []);
    for (let round = -WARM_ROUNDS; round < rounds; round++) {
      for (const [n, { templates, bodies: change = unchanged }] of variants.entries()) {
        const cost = await engine.index(change(bodies), templates);
        if (round >= 0) costs[n]!.push(cost);
      }
    }
    for (const [n, { name }] of variants.entries()) {
      const row = { batch: corpus.name, index: name, ...rowOf(medianCost(costs[n]!), medianCost(costs[0]!), events) };
      progress(`${name}: ${lineOf(row, ["CPU µs", "disk B"])}`);
      rows.push(row);
    }
  }
  return rows;
}

const unchanged = (bodies: readonly Buffer[]): readonly Buffer[] => bodies;

/** Figures of one event, and how much less than `base`'s they are. */
function rowOf(cost: IndexCost, base: IndexCost, events: number): TableRow {
  const less = (figure: "cpuMs" | "diskBytes") => Math.round(1000 * (1 - cost[figure] / base[figure])) / 10;
  return {
    "CPU µs": (cost.cpuMs * 1000) / events,
    "CPU less, %": less("cpuMs"),
    "disk B": cost.diskBytes / events,
    "disk less, %": less("diskBytes"),
    fields: cost.fields,
    refused: cost.refused,
  };
}

/** What the table of small log groups consists of. */
export const SMALL_GROUPS = { events: 25_000, counts: [50, 500] };

/** One round: each new index takes an engine tens of milliseconds, and hundreds are no accident. */
async function groups(engine: MeasuredEngine): Promise<TableRow[]> {
  const corpus = corpora().find(({ name }) => name.startsWith("application"))!;
  const rows: TableRow[] = [];
  const variants = CONTENT.filter(({ name }) => name === DYNAMIC || name === "template");
  for (const { name, templates, bodies: change = unchanged } of variants) {
    await engine.index(change(indexBodies(corpus, { events: SMALL_GROUPS.events })), templates);
    for (const logGroups of SMALL_GROUPS.counts) {
      for (const shared of ["shared", undefined]) {
        const bodies = indexBodies(corpus, { events: SMALL_GROUPS.events, logGroups, ...(shared && { shared }) });
        const { cpuMs, diskBytes, indices } = await engine.index(change(bodies), templates);
        const row = {
          ...{ index: name, "log groups": logGroups, indices, "CPU s": cpuMs / 1000 },
          "CPU µs": (cpuMs * 1000) / SMALL_GROUPS.events,
          "disk B": diskBytes / SMALL_GROUPS.events,
        };
        progress(`${name}, ${logGroups} log groups, ${indices} indices: ${Math.round(row["CPU µs"])} µs`);
        rows.push(row);
      }
    }
  }
  return rows;
}
