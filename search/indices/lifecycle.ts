import { NO_LIFECYCLE, OTHER_POLICY } from "../../core/indices/ensure-lifecycle";
import { LIFECYCLE_APIS, LIFECYCLE_VERSION, type LifecycleApi } from "../../core/indices/lifecycle";
import { standingOf } from "../../core/indices/owner";
import type { PipelineIndices } from "../../core/indices/pipeline-indices";
import { isObject } from "../../core/json/object";
import type { ApiClient } from "../client";
import { commonMembers } from "../setup/compare";
import { ForeignError, type SetupItem, UnavailableError } from "../setup/item";
import { NEWER } from "./newer";

/** The way in which an engine deletes indices by their age, and the policy of this name that it has. */
export interface FoundLifecycle {
  api: LifecycleApi;
  /** The response to a GET; undefined: there is no policy. */
  response: Record<string, unknown> | undefined;
}

/** Statuses of a path that an engine does not know, or knows as something else. */
const UNKNOWN = [400, 404, 405];

/** Finds the first of the ways that the engine knows; undefined: it knows none. @throws ApiError */
export async function findLifecycle({ name }: PipelineIndices, engine: ApiClient): Promise<FoundLifecycle | undefined> {
  for (const api of LIFECYCLE_APIS) {
    const path = api.path(name) + api.query;
    const { status, body } = await engine.call({ method: "GET", path, accepted: UNKNOWN });
    if (status === 200 && isObject(body)) return { api, response: body };
    const type = isObject(body) && isObject(body.error) ? body.error.type : undefined;
    if (status === 404 && typeof type === "string" && api.isMissing(type)) return { api, response: undefined };
  }
  return undefined;
}

/**
 * Returns the policy; nothing where none is wanted and none is there.
 *
 * @throws UnavailableError when the engine knows no policies
 * @throws ApiError
 */
export async function lifecycleItems(indices: PipelineIndices, engine: ApiClient): Promise<SetupItem[]> {
  const isWanted = indices.retentionDays > 0;
  const found = await findLifecycle(indices, engine);
  if (!found && isWanted) throw new UnavailableError(`The lifecycle policy ${NO_LIFECYCLE}`);
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
