import { isObject } from "../json/object";
import { askEngine, type EngineAnswer, type EngineIo, isDenied, isMissing } from "./engine-call";
import type { PipelineIndices } from "./pipeline-indices";

/** Path of the pipeline's index template. */
export const templatePath = ({ name }: Pick<PipelineIndices, "name">): string => `/_index_template/${name}`;

/** What the engine has under the template's name: its `_meta`; undefined: no template. */
export type FoundTemplate = { meta: unknown } | { warning: string } | undefined;

/** Reads the `_meta` of the engine's template, which is all that has to be compared. */
export async function readTemplate(indices: PipelineIndices, io: EngineIo): Promise<FoundTemplate> {
  const answer = await askEngine("GET", templatePath(indices), undefined, io);
  if (isMissing(answer)) return undefined;
  const [entry] = Array.isArray(answer.json?.index_templates) ? answer.json.index_templates : [];
  if (answer.status === 200 && isObject(entry) && isObject(entry.index_template)) {
    return { meta: entry.index_template._meta };
  }
  if (isDenied(answer)) return { warning: templateWarning(indices, denial(indices, answer)) };
  const reason = answer.status === 400 || answer.status === 405 ? UNSUPPORTED : CHECK;
  return { warning: templateWarning(indices, `could not be read: ${answer.kind}. ${reason}`) };
}

/**
 * Puts the first of `bodies` that the engine takes: it answers 400 for one with a feature that it lacks.
 *
 * @param bodies the best first
 * @returns a warning if it takes none
 */
export async function putTemplate(
  indices: PipelineIndices,
  bodies: readonly object[],
  io: EngineIo,
): Promise<string | undefined> {
  let answer: EngineAnswer | undefined;
  for (const body of bodies) {
    answer = await askEngine("PUT", templatePath(indices), body, io);
    if (answer.status === 200) return undefined;
    if (isDenied(answer)) return templateWarning(indices, denial(indices, answer));
    if (SAME_PRIORITY.test(answer.error?.reason ?? "")) return templateWarning(indices, OVERLAP);
    if (answer.status !== 400) break;
  }
  return templateWarning(indices, `could not be put: ${answer?.kind}. ${CHECK}`);
}

export const OTHER_TEMPLATE =
  "is another owner's and stays as it is: its _meta does not name this pipeline and its prefix. " +
  "After a change of the prefix, keep the earlier one in index_history; otherwise give the pipeline another name, delete the " +
  'template, or set index_template = "none".';

/** Source: `MetadataIndexTemplateService.addIndexTemplateV2` of OpenSearch and Elasticsearch. */
const SAME_PRIORITY =
  /^index template \[[^\]]*\] has index patterns .* that have the same priority \[\d+\], multiple index templates may not match during index creation/;

const OVERLAP =
  "was refused: another index template matches the same indices with the same priority. " +
  "`GET _index_template` shows it; give one of them another priority, or the pipeline another prefix.";

const UNSUPPORTED =
  'Index templates need Elasticsearch 7.8, OpenSearch 1.0 or newer. Set index_template = "none" for any other engine.';

const CHECK = "It is tried again later.";

const denial = ({ name }: PipelineIndices, { kind, denial }: EngineAnswer): string =>
  `was refused: ${kind}. Allow the sender's role to GET and PUT _index_template/${name}: es:ESHttpGet and es:ESHttpPut in ` +
  "the role's and the domain's policy and, with fine-grained access control, a role that the command `search setup` " +
  `maps, or the user of search_credentials has; or set index_template = "none".${denial && ` AWS said: ${denial}`}`;

/** @param text completes the sentence */
export function templateWarning({ name }: PipelineIndices, text: string): string {
  return `The index template ${JSON.stringify(name)} ${text} Until then a new index has the engine's own settings, and logs are delivered.`;
}
