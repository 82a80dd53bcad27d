import { isObject } from "../json/object";
import { askEngine, type EngineAnswer, type EngineIo, isDenied, isMissing, isSilent } from "./engine-call";
import { PROTECTED_UNTIL, protectedUntil } from "./index-claim";

/**
 * Keeps Index State Management from managing a new index. Releases that know both settings take the first for set only if both
 * are. Source: `ManagedIndexCoordinator` of the plugin index-management.
 */
const LEGACY_UNMANAGED = { "index.opendistro.index_state_management.auto_manage": false };
const UNMANAGED = { ...LEGACY_UNMANAGED, "index.plugins.index_state_management.auto_manage": false };

/** Settings of a new index, the best first: an engine answers 400 for those that it does not know. */
const NEW_INDEX: readonly object[] = [UNMANAGED, LEGACY_UNMANAGED, {}];

/** What takes an index out of its lifecycle policy, if it has one. An engine answers 400, 404 or 405 for the way of another. */
const RELEASES: readonly ((index: string) => string)[] = [
  (index) => `/_plugins/_ism/remove/${index}`,
  (index) => `/_opendistro/_ism/remove/${index}`,
  (index) => `/${index}/_ilm/remove`,
];

/** Protected; or why not. `isRetryable`: the engine was down, overloaded or too slow. */
export type ProtectionResult = { isProtected: true } | { isProtected: false; isRetryable: boolean; reason: string };

const PROTECTED = { isProtected: true } as const;

/**
 * Makes an index stay until a time: creates it if it is missing, so that the templates apply to it, takes it out of its lifecycle
 * policy, which counts from the creation, and writes the time into its mapping, where the clean-up function reads it. A
 * protection that lasts longer stays, and so does the rest of `_meta`.
 *
 * @param index a name that the pipeline makes
 */
export async function protectIndex(index: string, until: Date, io: EngineIo): Promise<ProtectionResult> {
  const mapping = `/${index}/_mapping`;
  let found = await askEngine("GET", mapping, undefined, io);
  if (isMissing(found)) {
    const created = await createIndex(index, io);
    if (created) return failure("be created", created);
    found = await askEngine("GET", mapping, undefined, io);
  }
  // A proxy's 200, or an alias: what is not known of the index must not be written over.
  if (found.status !== 200 || !isObject(found.json?.[index])) return failure("be read", found);
  const refused = await release(index, io);
  if (refused) return failure("be taken out of its lifecycle policy", refused);
  const meta = metaOf(found.json[index]);
  if (protectedUntil(meta) >= until.getTime()) return PROTECTED;
  const _meta = { ...meta, [PROTECTED_UNTIL]: until.toISOString() };
  const put = await askEngine("PUT", mapping, { _meta }, io);
  if (put.status === 200 && put.json?.acknowledged === true) return PROTECTED;
  return failure("be marked in its mapping", put);
}

function metaOf(entry: unknown): Record<string, unknown> {
  const mappings = isObject(entry) ? entry.mappings : undefined;
  return isObject(mappings) && isObject(mappings._meta) ? mappings._meta : {};
}

/** Returns the last rejection, or undefined if the index is there. */
async function createIndex(index: string, io: EngineIo): Promise<EngineAnswer | undefined> {
  let answer: EngineAnswer | undefined;
  for (const settings of NEW_INDEX) {
    answer = await askEngine("PUT", `/${index}`, { settings }, io);
    // Another part of the replay, or the forwarder, was first.
    if (answer.status === 200 || answer.error?.type === "resource_already_exists_exception") return undefined;
    if (answer.status !== 400) return answer;
  }
  return answer;
}

/** Returns a rejection, or undefined if no policy deletes the index any more. */
async function release(index: string, io: EngineIo): Promise<EngineAnswer | undefined> {
  for (const path of RELEASES) {
    const answer = await askEngine("POST", path(index), undefined, io);
    if (isDenied(answer) || isSilent(answer)) return answer;
    if (answer.status === 200) return isLeftIn(answer.json ?? {}) ? answer : undefined;
  }
  return undefined;
}

const NO_POLICY = "This index does not have a policy to remove";

/**
 * Whether a 200 says that the index is still in its policy, such as a closed one.
 *
 * Source: `TransportRemovePolicyAction` of the plugin index-management, which fails for an index without a policy, too, and
 * `RemoveIndexLifecyclePolicyAction` of Elasticsearch.
 */
function isLeftIn({ failed_indices, has_failures }: Record<string, unknown>): boolean {
  const failed: unknown[] = Array.isArray(failed_indices) ? failed_indices : [];
  return has_failures === true || failed.some((entry) => !isObject(entry) || entry.reason !== NO_POLICY);
}

function failure(what: string, answer: EngineAnswer): ProtectionResult {
  const said = answer.denial && ` AWS said: ${answer.denial}`;
  // A 200 that does not say that it is done: not every node has answered the engine in time, or the index is closed.
  const kind = answer.status === 200 ? "200 and not done" : answer.kind;
  const isRetryable = isSilent(answer) || answer.status === 200;
  return { isProtected: false, isRetryable, reason: `could not ${what}: ${kind}.${said}` };
}
