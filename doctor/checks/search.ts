import { awsDenial } from "../../core/http/aws-denial";
import { isObject } from "../../core/json/object";
import { ApiError } from "../../search/api-error";
import type { ApiClient } from "../../search/client";
import { invocationOf } from "../../tools/installation";
import type { DoctorCheckName, DoctorFinding } from "../check-table";
import type { DoctorContext } from "../context";

const MAX_DISK_PERCENT = 85;
/** OpenSearch Lens, AOSPERF01-BP01. */
const SHARDS_PER_HEAP_GIB = 25;

const SETUP = `${invocationOf("search")} setup --index-settings <file> --search-endpoint <url>`;
const SIZING = `${invocationOf("sizing")} --gb-per-day <n> --days <n>`;

/** Checks that the engine answers and lets the caller in, has room, and has the pipeline's template and policy. */
export async function examineSearch({ engine, variables }: DoctorContext): Promise<DoctorFinding[]> {
  if (!engine) return [];
  const { SEARCH_ENDPOINT: subject = "the search endpoint" } = variables;
  const finding = (check: DoctorCheckName, found: string, command: string): DoctorFinding => ({
    ...{ check, subject, found, command },
  });
  let health: { status: number; body: unknown };
  try {
    health = await engine.call({ method: "GET", path: "/_cluster/health", accepted: [401, 403] });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return [finding("search-reachable", error.message, `curl -v ${subject}`)];
  }
  if (health.status !== 200) {
    const { message, Message, error } = isObject(health.body) ? health.body : {};
    const denial = awsDenial(message ?? Message);
    if (denial !== "") return [finding("search-iam", `${health.status}: ${denial}`, "aws sts get-caller-identity")];
    const reason = isObject(error) ? error.reason : (message ?? error);
    return [
      finding("search-role", `${health.status}: ${String(reason ?? "no reason is given")}`, `${SETUP} --reader <role>`),
    ];
  }
  const { status, active_shards: shards, unassigned_shards: unassigned } = health.body as Record<string, unknown>;
  return [
    ...(status === "green"
      ? []
      : [
          finding(
            "cluster-health",
            `it is ${status}: ${unassigned} shards are on no node`,
            `curl ${subject}/_cluster/allocation/explain`,
          ),
        ]),
    ...(await examineNodes(engine, Number(shards), finding)),
    ...(await examineContents(engine, variables, finding)),
  ];
}

type MakeFinding = (check: DoctorCheckName, found: string, command: string) => DoctorFinding;

async function examineNodes(engine: ApiClient, shards: number, finding: MakeFinding): Promise<DoctorFinding[]> {
  const allocation = await rowsOf(engine, "/_cat/allocation?format=json&h=node,disk.percent");
  const full = allocation.filter((row) => Number(row["disk.percent"]) > MAX_DISK_PERCENT);
  const nodes = await rowsOf(engine, "/_cat/nodes?format=json&bytes=b&h=heap.max,node.role");
  const data = nodes.filter((row) => String(row["node.role"]).includes("d"));
  const heapGib = data.reduce((sum, row) => sum + Number(row["heap.max"]), 0) / 2 ** 30;
  const carried = Math.floor(heapGib * SHARDS_PER_HEAP_GIB);
  return [
    ...full.map((row) => finding("disk", `${row.node} has used ${row["disk.percent"]} % of its disk`, SIZING)),
    ...(heapGib > 0 && shards > carried
      ? [finding("shards", `it has ${shards} shards, and its heap should carry ${carried}`, SIZING)]
      : []),
  ];
}

async function rowsOf(engine: ApiClient, path: string): Promise<Record<string, unknown>[]> {
  const { body } = await engine.call({ method: "GET", path });
  return Array.isArray(body) ? body.filter(isObject) : [];
}

async function examineContents(
  engine: ApiClient,
  { INDEX_TEMPLATE: name = "", INDEX_RETENTION_DAYS: retentionDays = "0" }: Readonly<Record<string, string>>,
  finding: MakeFinding,
): Promise<DoctorFinding[]> {
  if (name === "") return [];
  const isMissing = async (path: string) =>
    (await engine.call({ method: "GET", path, accepted: [400, 404] })).status !== 200;
  const findings: DoctorFinding[] = [];
  if (await isMissing(`/_index_template/${name}`)) {
    findings.push(finding("template", `there is no index template ${name}`, SETUP));
  }
  const policies = [`/_plugins/_ism/policies/${name}`, `/_opendistro/_ism/policies/${name}`, `/_ilm/policy/${name}`];
  if (Number(retentionDays) > 0 && (await Promise.all(policies.map(isMissing))).every(Boolean)) {
    findings.push(finding("lifecycle", `there is no policy ${name} that deletes indices`, SETUP));
  }
  return findings;
}
