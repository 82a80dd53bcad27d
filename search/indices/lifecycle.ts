import { NO_LIFECYCLE, OTHER_POLICY } from "../../core/indices/ensure-lifecycle";
import { type FoundLifecycle, findLifecycle, LIFECYCLE_VERSION } from "../../core/indices/lifecycle";
import { standingOf } from "../../core/indices/owner";
import type { PipelineIndices } from "../../core/indices/pipeline-indices";
import { isObject } from "../../core/json/object";
import type { ApiClient } from "../client";
import { commonMembers } from "../setup/compare";
import { ForeignError, type SetupItem, UnavailableError, UnmetError } from "../setup/item";
import { NEWER } from "./newer";

/** Statuses of a path that an engine does not know, or knows as something else. */
const UNKNOWN = [400, 404, 405];

/** Returns the engine's way, and its policy of this name; undefined: it knows none. @throws ApiError */
export function readLifecycle({ name }: PipelineIndices, engine: ApiClient): Promise<FoundLifecycle | undefined> {
  return findLifecycle(name, async (path) => {
    const { status, body } = await engine.call({ method: "GET", path, accepted: UNKNOWN });
    if (!isObject(body)) return { status };
    const type = isObject(body.error) ? body.error.type : undefined;
    return { status, json: body, error: typeof type === "string" ? { type } : undefined };
  });
}

/**
 * Returns the policy; nothing where none is wanted and none is there.
 *
 * @param found see `readLifecycle`
 * @throws UnmetError when the engine knows no policies, and one is wanted
 */
export function lifecycleItems(
  indices: PipelineIndices,
  found: FoundLifecycle | undefined,
  engine: ApiClient,
): SetupItem[] {
  const isWanted = indices.retentionDays > 0;
  if (!found && isWanted) throw new UnmetError(`The lifecycle policy ${NO_LIFECYCLE}`);
  // One that is not wanted any more stays, and deletes nothing: the indices may name it.
  return found && (isWanted || found.response) ? [policyItem(indices, found, engine)] : [];
}

function policyItem(indices: PipelineIndices, { api, response }: FoundLifecycle, engine: ApiClient): SetupItem {
  const path = api.path(indices.name);
  const desired = api.body(indices);
  return {
    title: `lifecycle policy ${indices.name} (${api.kind})`,
    desired,
    async read() {
      if (!response) return undefined;
      const standing = standingOf(api.metaIn(response), indices, LIFECYCLE_VERSION);
      if (standing === "another owner's") throw new ForeignError(`It ${OTHER_POLICY}`);
      if (standing === "newer") throw new UnavailableError(NEWER);
      return { actual: commonMembers(policyIn(response), desired), desired };
    },
    async write() {
      await engine.call({ method: "PUT", path: response ? path + api.over(response) : path, body: desired });
    },
  };
}

/** The policy in the form of a PUT: ILM answers with its name, and ISM with a list of templates. */
function policyIn(response: Record<string, unknown>): unknown {
  const [named] = Object.values(response);
  const { policy } = isObject(response.policy) || !isObject(named) ? response : named;
  if (!isObject(policy) || !Array.isArray(policy.ism_template) || policy.ism_template.length !== 1) return { policy };
  return { policy: { ...policy, ism_template: policy.ism_template[0] } };
}
