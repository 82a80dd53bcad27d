import { indicesOfEnvironment } from "../../core/indices/configured-indices";
import type { PipelineIndices } from "../../core/indices/pipeline-indices";
import { lifecycleItems, readLifecycle } from "../../search/indices/lifecycle";
import { pipelineTemplate, templateItem } from "../../search/indices/template";
import { differences } from "../../search/setup/compare";
import { ForeignError, type SetupItem, UnavailableError, UnmetError } from "../../search/setup/item";
import type { DoctorCheckName, DoctorFinding } from "../check-table";
import type { DoctorContext, DoctorEngine } from "../context";
import { type Examined, looked, together } from "../examined";
import { SEARCH_SETUP } from "./commands";

/** Differences that a finding names. */
const SHOWN = 3;

/** Checks that index template and lifecycle policy are there, and are what a function of this release would put. */
export async function examineContents(context: DoctorContext, { api }: DoctorEngine): Promise<Examined> {
  const indicesIn = () => {
    const environment = context.environment();
    return environment && indicesOfEnvironment(environment);
  };
  // Read once: the template says by what the indices are deleted.
  let lifecycle: ReturnType<typeof readLifecycle> | undefined;
  const lifecycleOf = (indices: PipelineIndices) => {
    lifecycle ??= readLifecycle(indices, api);
    return lifecycle;
  };
  return together([
    looked(["template", "template-contents"], "the index template", async () => {
      const indices = indicesIn();
      if (!indices) return [];
      const found = indices.retentionDays === 0 ? undefined : await lifecycleOf(indices).catch(() => undefined);
      return compared("template", templateItem(pipelineTemplate(indices, found?.api.kind ?? "none"), api), indices);
    }),
    looked(["lifecycle", "lifecycle-contents"], "the lifecycle policy", async () => {
      const indices = indicesIn();
      if (!indices) return [];
      try {
        const items = lifecycleItems(indices, await lifecycleOf(indices), api);
        return (await Promise.all(items.map((item) => compared("lifecycle", item, indices)))).flat();
      } catch (error) {
        if (!(error instanceof UnmetError)) throw error;
        return [{ check: "lifecycle", subject: indices.name, found: error.message, command: SEARCH_SETUP }];
      }
    }),
  ]);
}

async function compared(
  check: "template" | "lifecycle",
  item: SetupItem,
  { name }: PipelineIndices,
): Promise<DoctorFinding[]> {
  const finding = (check: DoctorCheckName, found: string): DoctorFinding[] => [
    { check, subject: name, found, command: SEARCH_SETUP },
  ];
  try {
    const content = await item.read();
    if (!content) return finding(check, `there is no ${item.title}`);
    const lines = differences(content);
    if (lines.length === 0) return [];
    const more = lines.length > SHOWN ? ` … (${lines.length} differences)` : "";
    return finding(`${check}-contents`, `${item.title} differs: ${lines.slice(0, SHOWN).join("; ")}${more}`);
  } catch (error) {
    if (error instanceof ForeignError) return finding(`${check}-contents`, `${item.title}: ${error.message}`);
    // Of a newer release, which knows what it has put.
    if (error instanceof UnavailableError) return [];
    throw error;
  }
}
