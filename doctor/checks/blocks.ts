import { layoutsOfEnvironment } from "../../core/events/configured-layouts";
import { indexPatterns } from "../../core/events/index-layout";
import { isObject } from "../../core/json/object";
import { shellQuote } from "../../tools/text/shell-quote";
import type { DoctorFinding } from "../check-table";
import type { DoctorContext, DoctorEngine } from "../context";
import { type Examined, looked } from "../examined";

/** Settings by which an index takes no documents. */
const BLOCKS = ["write", "read_only", "read_only_allow_delete"].map((name) => `index.blocks.${name}`);
/** Indices that a finding names. */
const NAMED = 3;

/** Checks that the pipeline's indices take documents. */
export const examineBlocks = (context: DoctorContext, { origin, api }: DoctorEngine): Promise<Examined> =>
  looked(["index-blocks"], origin, async (): Promise<DoctorFinding[]> => {
    const environment = context.environment();
    if (!environment) return [];
    const target = `/${indexPatterns(layoutsOfEnvironment(environment)).map(encodeURIComponent).join(",")}/_settings`;
    const asked = `${target}/index.blocks.*?flat_settings=true&expand_wildcards=open&allow_no_indices=true`;
    const { body } = await api.call({ method: "GET", path: asked });
    const blocked = Object.entries(isObject(body) ? body : {}).filter(([, entry]) => blocksIn(entry).length > 0);
    if (blocked.length === 0) return [];
    const names = blocked.map(([name]) => name).toSorted();
    const blocks = [...new Set(blocked.flatMap(([, entry]) => blocksIn(entry)))].toSorted();
    const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : "";
    const take = names.length === 1 ? "takes" : "take";
    const found = `${names.slice(0, NAMED).join(", ")}${more} ${take} no documents: ${blocks.join(", ")}`;
    const removal = JSON.stringify(Object.fromEntries(blocks.map((name) => [name, null])));
    const command = `curl -X PUT ${shellQuote(origin + target)} -H 'Content-Type: application/json' -d ${shellQuote(removal)}`;
    return [{ check: "index-blocks", subject: origin, found, command }];
  });

function blocksIn(entry: unknown): string[] {
  const { settings } = isObject(entry) ? entry : {};
  return isObject(settings) ? BLOCKS.filter((name) => String(settings[name]) === "true") : [];
}
