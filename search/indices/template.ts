import { type Lifecycle, templatesOf } from "../../core/indices/ensure-indices";
import { OTHER_TEMPLATE, templatePath } from "../../core/indices/ensure-template";
import { type Standing, standingOf } from "../../core/indices/owner";
import type { PipelineIndices } from "../../core/indices/pipeline-indices";
import { TEMPLATE_VERSION } from "../../core/indices/template";
import { isObject } from "../../core/json/object";
import type { ApiClient } from "../client";
import { type ComparedContent, differences } from "../setup/compare";
import { ForeignError, type SetupItem, UnavailableError } from "../setup/item";
import { NEWER } from "./newer";

/** An index template that set-up keeps. */
export interface KeptTemplate {
  readonly name: string;
  /** The best first: an engine that lacks a feature of one answers 400, and gets the next. */
  readonly bodies: readonly object[];
  /** Returns whose a template is, by its `_meta`. */
  standingOf(meta: unknown): Standing;
  /** What to do about another owner's; completes "It …". */
  readonly foreign: string;
}

/** Returns the pipeline's index template, which says by what the engine deletes the indices. */
export const pipelineTemplate = (indices: PipelineIndices, lifecycle: Lifecycle): KeptTemplate => ({
  name: indices.name,
  bodies: templatesOf(indices, lifecycle),
  standingOf: (meta) => standingOf(meta, indices, TEMPLATE_VERSION),
  foreign: OTHER_TEMPLATE,
});

/** Returns what keeps an index template. */
export function templateItem(template: KeptTemplate, engine: ApiClient): SetupItem {
  const { name, bodies } = template;
  const path = templatePath({ name });
  return {
    title: `index template ${name}`,
    desired: bodies[0],
    async read() {
      const { status, body } = await engine.call({ method: "GET", path, accepted: [404] });
      return status === 404 ? undefined : closest(ownTemplate(body, template), bodies);
    },
    async write() {
      for (const body of bodies.slice(0, -1)) {
        // The engine lacks a feature of it.
        const { status } = await engine.call({ method: "PUT", path, body, accepted: [400] });
        if (status === 200) return;
      }
      await engine.call({ method: "PUT", path, body: bodies.at(-1) });
    },
  };
}

/** @throws ForeignError for another owner's */
function ownTemplate(body: unknown, { standingOf, foreign }: KeptTemplate): unknown {
  const [entry] = isObject(body) && Array.isArray(body.index_templates) ? body.index_templates : [];
  const template = isObject(entry) ? entry.index_template : undefined;
  const standing = standingOf(isObject(template) ? template._meta : undefined);
  if (standing === "another owner's") throw new ForeignError(`It ${foreign}`);
  if (standing === "newer") throw new UnavailableError(NEWER);
  return template;
}

/** An engine has the first of the templates that it takes: compares with the one that is most like its own. */
function closest(actual: unknown, bodies: readonly object[]): ComparedContent {
  const compared = bodies.map((desired) => ({ actual, desired }));
  const counts = compared.map((each) => differences(each).length);
  return compared[counts.indexOf(Math.min(...counts))]!;
}
