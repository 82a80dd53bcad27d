import { type Lifecycle, templatesOf } from "../../core/indices/ensure-indices";
import { OTHER_TEMPLATE, templatePath } from "../../core/indices/ensure-template";
import { standingOf } from "../../core/indices/owner";
import type { PipelineIndices } from "../../core/indices/pipeline-indices";
import { TEMPLATE_VERSION } from "../../core/indices/template";
import { isObject } from "../../core/json/object";
import type { ApiClient } from "../client";
import { type ComparedContent, differences } from "../setup/compare";
import { ForeignError, type SetupItem, UnavailableError } from "../setup/item";
import { NEWER } from "./newer";

/** Returns the index template, which says by what the engine deletes the indices. */
export function templateItem(indices: PipelineIndices, lifecycle: Lifecycle, engine: ApiClient): SetupItem {
  const path = templatePath(indices);
  const bodies = templatesOf(indices, lifecycle);
  return {
    title: `index template ${indices.name}`,
    desired: bodies[0],
    async read() {
      const { status, body } = await engine.call({ method: "GET", path, accepted: [404] });
      return status === 404 ? undefined : closest(ownTemplate(body, indices), bodies);
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
function ownTemplate(body: unknown, indices: PipelineIndices): unknown {
  const [entry] = isObject(body) && Array.isArray(body.index_templates) ? body.index_templates : [];
  const template = isObject(entry) ? entry.index_template : undefined;
  const standing = standingOf(isObject(template) ? template._meta : undefined, indices, TEMPLATE_VERSION);
  if (standing === "another owner's") throw new ForeignError(`It ${OTHER_TEMPLATE}`);
  if (standing === "newer") throw new UnavailableError(NEWER);
  return template;
}

/** An engine has the first of the templates that it takes: compares with the one that is most like its own. */
function closest(actual: unknown, bodies: readonly object[]): ComparedContent {
  const compared = bodies.map((desired) => ({ actual, desired }));
  const counts = compared.map((each) => differences(each).length);
  return compared[counts.indexOf(Math.min(...counts))]!;
}
