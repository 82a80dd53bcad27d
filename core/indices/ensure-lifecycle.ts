import { askEngine, type EngineAnswer, type EngineIo, isDenied, isSilent } from "./engine-call";
import { findLifecycle, LIFECYCLE_VERSION, type LifecycleApi, type LifecycleKind } from "./lifecycle";
import { standingOf } from "./owner";
import type { PipelineIndices } from "./pipeline-indices";

/** Which of the engine's ways deletes the indices, or why none does. */
export type EnsuredLifecycle = { kind: LifecycleKind } | { warning: string };

/** Makes sure that the engine has the lifecycle policy of these indices, by the first of the ways that it knows. */
export async function ensureLifecycle(indices: PipelineIndices, io: EngineIo): Promise<EnsuredLifecycle> {
  let denied: EngineAnswer | undefined;
  let silent: EngineAnswer | undefined;
  const found = await findLifecycle(indices.name, async (path) => {
    const answer = await askEngine("GET", path, undefined, io);
    if (isDenied(answer)) denied ??= answer;
    if (isSilent(answer)) silent = answer;
    return silent ? undefined : answer;
  });
  if (silent) return warning(indices, `could not be read: ${silent.kind}.`);
  if (!found) return warning(indices, denied ? denial(indices, denied) : NO_LIFECYCLE);
  const { api, response } = found;
  const path = api.path(indices.name);
  if (!response) return put(api, path, indices, io);
  const standing = standingOf(api.metaIn(response), indices, LIFECYCLE_VERSION);
  if (standing === "another owner's") return warning(indices, OTHER_POLICY);
  return standing === "outdated" ? put(api, path + api.over(response), indices, io) : { kind: api.kind };
}

async function put(api: LifecycleApi, path: string, indices: PipelineIndices, io: EngineIo): Promise<EnsuredLifecycle> {
  const answer = await askEngine("PUT", path, api.body(indices), io);
  // 409: another process has put the same policy in the meantime.
  if ([200, 201, 409].includes(answer.status)) return { kind: api.kind };
  if (isDenied(answer)) return warning(indices, denial(indices, answer));
  return warning(
    indices,
    `could not be put: ${answer.kind}. Another policy may match the same indices with this priority.`,
  );
}

/** Completes a sentence about a policy. */
export const OTHER_POLICY =
  "is another owner's and stays as it is: it does not name this pipeline and its prefix. Give the pipeline another name, or delete the policy.";

/** Completes a sentence about a policy. */
export const NO_LIFECYCLE =
  "cannot be put: the engine has neither Index State Management nor Index Lifecycle Management. Set index_retention_days = 0, and delete old indices by the clean-up function.";

const denial = ({ name }: PipelineIndices, { kind, denial }: EngineAnswer): string =>
  `was refused: ${kind}. Run the command \`search setup\`, or allow the sender's role to GET and PUT it ` +
  `(_plugins/_ism/policies/${name}, _ilm/policy/${name}).${denial && ` AWS said: ${denial}`}`;

function warning({ name }: PipelineIndices, text: string): EnsuredLifecycle {
  return { warning: `The lifecycle policy ${JSON.stringify(name)} ${text} Until then no index is deleted by its age.` };
}
