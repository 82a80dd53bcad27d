import { setTimeout as sleep } from "node:timers/promises";
import { parsedObject } from "../../core/json/object";
import { BULK_PATH } from "../../core/sinks/opensearch/bulk-request";
import { startEngine } from "../../local/opensearch/engine";
import { OPENSEARCH } from "../../local/opensearch/opensearch";
import type { EngineRelease } from "../../local/opensearch/release";
import { median } from "../measure/rounds";

/** Of the measured template and indices, on an engine that may have others. */
export const BENCH_PREFIX = "logging-pipeline-bench-";
const INDICES = `${BENCH_PREFIX}*`;
export const BENCH_TEMPLATE = `${BENCH_PREFIX}template`;
const TEMPLATE = `/_index_template/${BENCH_TEMPLATE}`;

/** Engines give the same figures again for a second: `monitor.process.refresh_interval`. */
const STATISTICS_MS = 1_100;

/** What an engine did with bodies. */
export interface IndexCost {
  cpuMs: number;
  diskBytes: number;
  /** Of the index that has most. */
  fields: number;
  indices: number;
  /** Items that the engine refused. */
  refused: number;
}

export interface MeasuredEngine {
  /** Name and version. */
  readonly what: string;
  /** Indexes the bodies into new indices, one after the other, until they are refreshed, flushed and merged. @param templates the first that the engine takes counts; none: dynamic mapping */
  index(bodies: readonly Buffer[], templates: readonly object[]): Promise<IndexCost>;
  stop(): Promise<void>;
}

/** As a domain runs it: with the optimizing compiler, which `npm start` does without, and more heap. */
const AS_IN_A_DOMAIN: EngineRelease = {
  ...OPENSEARCH,
  // The breaker counts garbage, too, which the collector of one thread leaves until the heap is full.
  settings: { "indices.breaker.total.use_real_memory": false },
  launch: (home, directories, options) =>
    OPENSEARCH.launch(
      home,
      directories,
      options.filter((option) => !option.includes("TieredStopAtLevel")),
    ),
};

/** @param origin of an engine that runs; undefined: OpenSearch is started, and deleted at the end */
export async function measuredEngine(origin?: string): Promise<MeasuredEngine> {
  const started = origin === undefined ? await startEngine(AS_IN_A_DOMAIN, { heapMib: 2048 }) : undefined;
  const engine = new EngineClient(started?.url ?? origin!);
  const { version } = (await engine.ask("GET", "/")) as { version: { distribution?: string; number: string } };
  return {
    what: `${version.distribution ?? "elasticsearch"} ${version.number}`,
    index: (bodies, templates) => engine.cost(bodies, templates),
    async stop() {
      await engine.clear();
      await started?.stop();
    },
  };
}

class EngineClient {
  constructor(private readonly origin: string) {}

  async cost(bodies: readonly Buffer[], templates: readonly object[]): Promise<IndexCost> {
    await this.clear();
    await this.putFirstTaken(templates);
    const before = await this.cpuMs();
    let refused = 0;
    for (const body of bodies) refused += await this.bulk(body);
    for (const path of ["_refresh", "_flush"]) await this.ask("POST", `/${INDICES}/${path}`);
    while ((await this.statistics()).merges > 0) await sleep(50);
    const cpuMs = (await this.cpuMs()) - before;
    const { diskBytes, indices } = await this.statistics();
    const fields = await this.fields();
    await this.clear();
    return { cpuMs, diskBytes, fields, indices, refused };
  }

  async clear(): Promise<void> {
    // By name: an engine may refuse a pattern.
    const names = Object.keys(await this.ask("GET", `/${INDICES}/_settings?filter_path=*.settings.index.uuid`));
    for (let n = 0; n < names.length; n += 50) await this.ask("DELETE", `/${names.slice(n, n + 50).join(",")}`);
    await this.send("DELETE", TEMPLATE);
  }

  private async putFirstTaken(templates: readonly object[]): Promise<void> {
    for (const template of templates) if ((await this.send("PUT", TEMPLATE, template)).ok) return;
    if (templates.length > 0) throw new Error("the engine took none of the templates");
  }

  private async bulk(body: Buffer): Promise<number> {
    const { items } = (await this.ask("POST", BULK_PATH, body)) as { items: { create: { status: number } }[] };
    return items.filter(({ create }) => create.status !== 201).length;
  }

  private async cpuMs(): Promise<number> {
    await sleep(STATISTICS_MS);
    const { nodes } = (await this.ask("GET", "/_nodes/stats/process")) as {
      nodes: Record<string, { process: { cpu: { total_in_millis: number } } }>;
    };
    return Object.values(nodes).reduce((sum, { process }) => sum + process.cpu.total_in_millis, 0);
  }

  private async statistics() {
    const { _all, indices } = (await this.ask("GET", `/${INDICES}/_stats/store,merge`)) as {
      _all: { primaries: { store: { size_in_bytes: number }; merges: { current: number } } };
      indices: object;
    };
    const { store, merges } = _all.primaries;
    return { diskBytes: store.size_in_bytes, merges: merges.current, indices: Object.keys(indices).length };
  }

  /** What `index.mapping.total_fields.limit` counts, without objects. */
  private async fields(): Promise<number> {
    const found = await this.ask("GET", `/${INDICES}/_mapping`);
    return Math.max(...Object.values(found).map(leaves));
  }

  async ask(method: string, path: string, body?: object | Buffer): Promise<Record<string, unknown>> {
    const response = await this.send(method, path, body);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
    return parsedObject(text) ?? {};
  }

  private send(method: string, path: string, body?: object | Buffer): Promise<Response> {
    const headers = { "content-type": Buffer.isBuffer(body) ? "application/x-ndjson" : "application/json" };
    const bytes = body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    return fetch(this.origin + path, { method, headers, ...(bytes !== undefined && { body: bytes }) });
  }
}

/** Fields of a mapping: each has a type, those in `fields` too. */
function leaves(mapping: unknown): number {
  if (typeof mapping !== "object" || mapping === null || Array.isArray(mapping)) return 0;
  const { dynamic_templates: _, ...members } = mapping as Record<string, unknown>;
  const own = typeof members.type === "string" && members.type !== "object" ? 1 : 0;
  return Object.values(members).reduce((sum: number, member) => sum + leaves(member), own);
}

/** The median of each figure. */
export function medianCost(costs: readonly IndexCost[]): IndexCost {
  const of = (figure: keyof IndexCost) => median(costs.map((cost) => cost[figure]));
  return {
    cpuMs: of("cpuMs"),
    diskBytes: of("diskBytes"),
    fields: of("fields"),
    indices: of("indices"),
    refused: of("refused"),
  };
}
