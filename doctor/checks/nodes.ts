import { isObject } from "../../core/json/object";
import type { ApiClient } from "../../search/client";
import { invocationOf } from "../../tools/installation";
import type { DoctorFinding } from "../check-table";
import type { DoctorEngine } from "../context";
import { type Examined, looked, together } from "../examined";

const MAX_DISK_PERCENT = 85;
/** OpenSearch Lens, AOSPERF01-BP01. */
const SHARDS_PER_HEAP_GIB = 25;

const SIZING = `${invocationOf("sizing")} --gb-per-day <n> --days <n>`;

/** Checks that shards are on nodes, and that these have room. @param health what `_cluster/health` answers */
export function examineNodes({ origin, api }: DoctorEngine, health: object): Promise<Examined> {
  const { status, active_shards: shards, unassigned_shards: unassigned } = health as Record<string, unknown>;
  const checks = [
    looked(["disk"], origin, () => fullDisks(origin, api)),
    looked(["shards"], origin, () => shardsOf(origin, api, Number(shards))),
  ];
  if (status === "green") return together(checks);
  const found = `it is ${status}: ${unassigned} shards are on no node`;
  const command = `curl ${origin}/_cluster/allocation/explain`;
  return together([
    { findings: [{ check: "cluster-health", subject: origin, found, command }], unchecked: [] },
    ...checks,
  ]);
}

async function fullDisks(subject: string, api: ApiClient): Promise<DoctorFinding[]> {
  const rows = await rowsOf(api, "/_cat/allocation?format=json&h=node,disk.percent");
  return rows
    .filter((row) => Number(row["disk.percent"]) > MAX_DISK_PERCENT)
    .map((row) => ({
      ...{ check: "disk" as const, subject, command: SIZING },
      found: `${row.node} has used ${row["disk.percent"]} % of its disk`,
    }));
}

async function shardsOf(subject: string, api: ApiClient, shards: number): Promise<DoctorFinding[]> {
  const nodes = await rowsOf(api, "/_cat/nodes?format=json&bytes=b&h=heap.max,node.role");
  const data = nodes.filter((row) => String(row["node.role"]).includes("d"));
  const heapGib = data.reduce((sum, row) => sum + Number(row["heap.max"]), 0) / 2 ** 30;
  const carried = Math.floor(heapGib * SHARDS_PER_HEAP_GIB);
  if (heapGib === 0 || shards <= carried) return [];
  const found = `it has ${shards} shards, and its heap should carry ${carried}`;
  return [{ check: "shards", subject, found, command: SIZING }];
}

async function rowsOf(api: ApiClient, path: string): Promise<Record<string, unknown>[]> {
  const { body } = await api.call({ method: "GET", path });
  return Array.isArray(body) ? body.filter(isObject) : [];
}
