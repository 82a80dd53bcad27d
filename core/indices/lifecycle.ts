import { indexPatterns } from "../events/index-layout";
import { isObject, parsedObject } from "../json/object";
import type { IndexPeriod } from "../settings/index-periods";
import type { EngineAnswer } from "./engine-call";
import { ownerMeta } from "./owner";
import type { PipelineIndices } from "./pipeline-indices";
import { templatePriority } from "./priority";

/** Of what a policy holds; one of a higher version is left alone. */
export const LIFECYCLE_VERSION = 1;

/** The longest that a period can be, in hours. */
const PERIOD_HOURS: Readonly<Record<IndexPeriod, number>> = { hour: 1, day: 24, week: 7 * 24, month: 31 * 24 };

/** How far ahead of the clock an event's time can be: CloudWatch Logs API Reference, PutLogEvents. */
const AHEAD_HOURS = 2;

/**
 * Returns the age at which an index is deleted. Both engines count from its creation, which is `AHEAD_HOURS` before its
 * period or later: no index is deleted before its retention has passed since the end of its period, and one that a replay
 * has brought back lives as long as a new one.
 */
export function deletionAge({ retentionDays, layouts }: PipelineIndices): string {
  const periods = [layouts.current, ...layouts.earlier].map(({ period }) => PERIOD_HOURS[period]);
  return `${retentionDays * 24 + Math.max(...periods) + AHEAD_HOURS}h`;
}

/** Index State Management, or Index Lifecycle Management. */
export type LifecycleKind = "ism" | "ilm";

/** An engine's way to delete indices by their age. */
export interface LifecycleApi {
  kind: LifecycleKind;
  /** Path of the policy. @param name of the pipeline */
  path(name: string): string;
  /** The query of a GET. */
  query: string;
  /** Whether a 404 with an error of this type says that there is no policy, and not that there is no such API. */
  isMissing(type: string | undefined): boolean;
  /** The body of a PUT; with a retention of 0 the policy deletes nothing. */
  body(indices: PipelineIndices): object;
  /** What a policy says about itself, from the response to a GET. */
  metaIn(response: Record<string, unknown>): unknown;
  /** The query of a PUT over the policy of that response. */
  over(response: Record<string, unknown>): string;
}

/**
 * Index State Management. A policy has no place for data of others, so its description ends with them. One `ism_template`
 * and no list: the first releases know no list, and later ones take both.
 *
 * Source: `Policy.parse`, `ISMTemplate.parse` and `TransportIndexPolicyAction` of the plugin index-management.
 */
const ism = (base: string): LifecycleApi => ({
  kind: "ism",
  path: (name) => `${base}/policies/${name}`,
  query: "",
  isMissing: (type) => type !== undefined,
  body(indices) {
    const { retentionDays, layouts } = indices;
    const isKept = retentionDays === 0;
    const does = isKept ? "Deletes no index" : `Deletes each index ${retentionDays} days after the end of its period`;
    const conditions = { min_index_age: deletionAge(indices) };
    const kept = { name: "kept", actions: [], transitions: isKept ? [] : [{ state_name: "deleted", conditions }] };
    const deleted = { name: "deleted", actions: [{ delete: {} }], transitions: [] };
    return {
      policy: {
        description: `${does}. ${JSON.stringify(ownerMeta(indices, LIFECYCLE_VERSION))}`,
        default_state: "kept",
        states: isKept ? [kept] : [kept, deleted],
        ism_template: { index_patterns: indexPatterns(layouts), priority: templatePriority(layouts) },
      },
    };
  },
  metaIn({ policy }) {
    const description = isObject(policy) && typeof policy.description === "string" ? policy.description : "";
    return parsedObject(description.slice(Math.max(0, description.indexOf("{"))));
  },
  over: ({ _seq_no, _primary_term }) => `?if_seq_no=${Number(_seq_no)}&if_primary_term=${Number(_primary_term)}`,
});

/** Index Lifecycle Management of Elasticsearch. An index follows a policy that its own settings name. */
const ILM: LifecycleApi = {
  kind: "ilm",
  path: (name) => `/_ilm/policy/${name}`,
  // The answer also names each index that follows the policy.
  query: "?filter_path=%2A.policy%2Cerror.type",
  // Engines before version 8 that do not have it look for a document of the index `_ilm`.
  isMissing: (type) => type === "resource_not_found_exception",
  body(indices) {
    const phase = { min_age: deletionAge(indices), actions: { delete: {} } };
    const phases = indices.retentionDays === 0 ? {} : { delete: phase };
    return { policy: { _meta: ownerMeta(indices, LIFECYCLE_VERSION), phases } };
  },
  metaIn(response) {
    const [entry] = Object.values(response);
    return isObject(entry) && isObject(entry.policy) ? entry.policy._meta : undefined;
  },
  over: () => "",
};

/**
 * In the order in which they are tried: OpenSearch and OpenSearch Service, Elasticsearch of OpenSearch Service,
 * Elasticsearch. An engine answers 400 for the path of another.
 */
export const LIFECYCLE_APIS: readonly LifecycleApi[] = [ism("/_plugins/_ism"), ism("/_opendistro/_ism"), ILM];

/** The way in which an engine deletes indices by their age, and the policy of a pipeline that it has. */
export interface FoundLifecycle {
  api: LifecycleApi;
  /** The response to a GET; undefined: there is no policy. */
  response: Record<string, unknown> | undefined;
}

/**
 * Finds the first of the ways that an engine knows.
 *
 * @param name of the pipeline
 * @param get asks for a path. Returns undefined where the engine did not answer: what it knows cannot be said
 * @returns undefined: none is found
 */
export async function findLifecycle(
  name: string,
  get: (path: string) => Promise<Pick<EngineAnswer, "status" | "json" | "error"> | undefined>,
): Promise<FoundLifecycle | undefined> {
  for (const api of LIFECYCLE_APIS) {
    const answer = await get(api.path(name) + api.query);
    if (!answer) return undefined;
    const { status, json, error } = answer;
    if (status === 200 && json) return { api, response: json };
    if (status === 404 && api.isMissing(error?.type)) return { api, response: undefined };
  }
  return undefined;
}

/** The index settings that a template adds so that its indices follow the policy. */
export function lifecycleSettings(kind: LifecycleKind | "none", name: string): Record<string, string> {
  return kind === "ilm" ? { "index.lifecycle.name": name } : {};
}
