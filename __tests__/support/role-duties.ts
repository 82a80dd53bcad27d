import type { Send } from "../../core/http/send";
import { indicesOfSettings } from "../../core/indices/configured-indices";
import { ensureIndices } from "../../core/indices/ensure-indices";
import { forward } from "../../functions/forwarder/forward";
import { cleanUp } from "../../functions/index-cleanup/clean-up";
import { CleanUpError } from "../../functions/index-cleanup/clean-up-error";
import type { FunctionalRole } from "../../search/roles/functional-roles";
import { prepareForwarding } from "./forwarding";
import { defaultIndexSettings } from "./index-settings";
import { envelope, kinesisEvent, logEvent } from "./kinesis";
import { CWL } from "./layouts";
import type { Caller } from "./secured-engine";

export const ROLES_API = "/_plugins/_security/api";

/** An index of the pipeline that has one document, and others that look alike: AWS's own function writes the first. */
export const OURS = "cwl-app-2026.11.21";
export const THEIRS = ["cwl-2026.11.21", "other-app-2026.11.21"];

/** Whether the engine lets the caller do something that the role is for. @param master prepares it */
export type Duty = (call: Caller, master: Caller) => Promise<boolean>;

/** A call that is allowed: whatever else becomes of it, it is not refused. */
const may =
  (...[method, path, body, headers]: Parameters<Caller>): Duty =>
  async (call) => {
    const { status, text } = await call(method, path, body, headers);
    if (status >= 500) throw new Error(text);
    return status !== 403 && !text.includes("security_exception");
  };

let groups = 0;

const sendBy =
  (call: Caller): Send =>
  async ({ method, path, body }) => {
    const { status, text } = await call(method, path, body.length > 0 ? body.toString() : undefined);
    return { status, body: text };
  };

/** By the shipped code: into an index that is new. */
const forwards: Duty = async (call) => {
  const { io, bucket } = prepareForwarding();
  const logGroup = `/aws/lambda/new-${groups++}`;
  const send = sendBy(call);
  const event = kinesisEvent(envelope([logEvent(1, '{"level":"info"}'), logEvent(2)], { logGroup }));
  const response = await forward(event, { ...io, search: { ...io.search, send } }).catch((error: Error) => {
    if (!/403 security_exception/.test(error.message)) throw error;
    return undefined;
  });
  return response?.batchItemFailures.length === 0 && bucket.lines("rejected/").length === 0;
};

/** By the shipped code: lists indices and disks, and deletes the one that is too old. */
const cleansUp: Duty = async (call, master) => {
  const expired = "cwl-app-2026.11.20";
  await master("PUT", `/${expired}`);
  const { clock } = prepareForwarding();
  const settings = { name: "logs", layouts: CWL, maxDeletions: 10, isDryRun: false, metricsNamespace: "" };
  // No disk is as full as that: it is only read.
  const rules = { keepDays: 1, keepCount: 0, maxDiskPercent: 100 };
  const times = {
    ...clock,
    random: () => 0.5,
    now: () => Date.parse("2026-11-22T12:00Z"),
    monotonicMs: () => clock.nowMs,
  };
  await cleanUp({ ...times, settings: { ...settings, rules }, send: sendBy(call), log: () => {} }).catch((error) => {
    if (!(error instanceof CleanUpError)) throw error;
  });
  return (await master("HEAD", `/${expired}`)).status === 404;
};

/** By the shipped code: the index template of the forwarder. @returns whether it is there */
const ensures: Duty = async (call, master) => {
  await master("DELETE", "/_index_template/logs");
  await ensureIndices(indicesOfSettings(defaultIndexSettings({ name: "logs", prefix: "cwl-" }))!, {
    send: sendBy(call),
    remainingMs: () => 10_000,
  });
  return (await master("GET", "/_index_template/logs")).status === 200;
};

const TEMPLATE = { index_patterns: ["cwl-*-20*.*.*"], priority: 104, template: {} };

/** The lines of a bulk request. */
const lines = (action: object) => `${JSON.stringify(action)}\n{"level":"info"}\n`;

let ids = 0;
const bulk = (index: string): Duty => may("POST", "/_bulk", lines({ create: { _index: index, _id: `n${ids++}` } }));

/** The saved objects that all share in Dashboards, which names the tenant so. */
const SHARED = { securitytenant: "" };

export const DUTIES: Record<FunctionalRole, Duty[]> = {
  writer: [forwards, ensures],
  reader: [
    may("POST", "/cwl-*-20*.*.*/_search", {}),
    may("GET", "/cwl-*-20*.*.*/_field_caps?fields=*"),
    may("GET", `/${OURS}/_doc/1`),
    may("GET", "/_resolve/index/cwl-*-20*.*.*"),
    may("POST", "/_msearch", `{"index":"${OURS}"}\n{}\n`),
    may("POST", "/_mget", { docs: [{ _index: OURS, _id: "1" }] }),
    may("GET", "/.kibana/_doc/search:errors", undefined, SHARED),
    may("POST", "/.kibana/_search", {}, SHARED),
  ],
  cleaner: [cleansUp],
  administrator: [
    bulk(OURS),
    may("GET", "/_cluster/health"),
    may("PUT", `/${OURS}/_settings`, { index: { refresh_interval: "2s" } }),
    may("PUT", "/_index_template/logs", TEMPLATE),
    may("PUT", "/.kibana/_doc/search:mine", { type: "search" }, SHARED),
    may("DELETE", "/cwl-app-2026.11.19"),
  ],
};

/** What a role is not for. `_bulk` names the index in its body; a domain's access policy sees only the path. */
export const FORBIDDEN: Record<FunctionalRole, [title: string, Duty][]> = {
  writer: [
    ["search", may("POST", `/${OURS}/_search`, {})],
    ["read an event", may("GET", `/${OURS}/_doc/1`)],
    ["delete an event", may("POST", "/_bulk", `{"delete":{"_index":"${OURS}","_id":"1"}}\n`)],
    ["delete an index", may("DELETE", `/${OURS}`)],
    ["change an index's settings", may("PUT", `/${OURS}/_settings`, { index: { refresh_interval: "60s" } })],
    ["delete its template", may("DELETE", "/_index_template/logs")],
    ...THEIRS.map((index): [string, Duty] => [`write into ${index}`, bulk(index)]),
    ["write by the path of another index", may("POST", "/other-app-2026.11.21/_bulk", lines({ create: {} }))],
    ["make an index of another name", bulk("mine")],
    ["write into Dashboards' saved objects", bulk(".kibana")],
    ["change roles", may("PUT", `${ROLES_API}/roles/logs-writer`, { cluster_permissions: ["*"] })],
  ],
  reader: [
    ["write an event", bulk(OURS)],
    ["delete an event", may("DELETE", `/${OURS}/_doc/1`)],
    ["delete an index", may("DELETE", `/${OURS}`)],
    ...THEIRS.map((index): [string, Duty] => [`search ${index}`, may("POST", `/${index}/_search`, {})]),
    ["search other indices by _msearch", may("POST", "/_msearch", '{"index":"other-app-2026.11.21"}\n{}\n')],
    ["change saved objects", may("PUT", "/.kibana/_doc/search:errors", {}, SHARED)],
    ["read a tenant of somebody else", may("GET", "/.kibana_92668751_admin_1/_doc/search:own")],
    ["read the template", may("GET", "/_index_template/logs")],
    ["read users", may("GET", `${ROLES_API}/internalusers`)],
  ],
  cleaner: [
    ["search", may("POST", `/${OURS}/_search`, {})],
    ["write an event", bulk(OURS)],
    ["delete an event", may("DELETE", `/${OURS}/_doc/1`)],
    ...THEIRS.map((index): [string, Duty] => [`delete ${index}`, may("DELETE", `/${index}`)]),
    ["delete all indices", may("DELETE", "/*")],
    ["delete more than its own", may("DELETE", "/cwl-*")],
    ["change the template", may("PUT", "/_index_template/logs", TEMPLATE)],
  ],
  administrator: [
    ...THEIRS.map((index): [string, Duty] => [`search ${index}`, may("POST", `/${index}/_search`, {})]),
    ...THEIRS.map((index): [string, Duty] => [`delete ${index}`, may("DELETE", `/${index}`)]),
    ["change roles", may("PUT", `${ROLES_API}/roles/logs-administrator`, { cluster_permissions: ["*"] })],
    ["read a tenant of somebody else", may("GET", "/.kibana_92668751_admin_1/_doc/search:own")],
    [
      "change the cluster's settings",
      may("PUT", "/_cluster/settings", { persistent: { "cluster.max_shards_per_node": 1000 } }),
    ],
  ],
};
