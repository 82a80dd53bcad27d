import { ApiError } from "../api-error";
import { differences } from "./compare";
import { ForeignError, type SetupItem, type SetupPart, UnavailableError, UnmetError } from "./item";

/** What became of an item, or would become of it; of a whole part only `skipped` and `failed`. */
export type SetupOutcome = "created" | "updated" | "unchanged" | "foreign" | "skipped" | "failed" | "warning";

export interface SetupResult {
  title: string;
  outcome: SetupOutcome;
  /** The diff of what is created or updated, otherwise why; empty for what is unchanged. */
  lines: readonly string[];
}

/** Sets up all parts, whatever becomes of the others. @param writes false: says what would be done */
export async function setUp(parts: readonly SetupPart[], writes: boolean): Promise<SetupResult[]> {
  const results: SetupResult[] = [];
  for (const part of parts) results.push(...(await setUpPart(part, writes)));
  return results;
}

async function setUpPart(part: SetupPart, writes: boolean): Promise<SetupResult[]> {
  const { title } = part;
  const results: SetupResult[] = [];
  try {
    for (const item of await part.items()) results.push(await setUpItem(item, writes));
    const warnings = (await part.warnings?.()) ?? [];
    return [...results, ...warnings.map((warning) => ({ title, outcome: "warning" as const, lines: [warning] }))];
  } catch (error) {
    const failure = failureOf(error);
    // An engine that does not answer says of an item and of the part's warnings the same.
    const isSaid = results.some(({ lines }) => lines.join() === failure.lines.join());
    return isSaid ? results : [...results, { title, ...failure }];
  }
}

async function setUpItem(item: SetupItem, writes: boolean): Promise<SetupResult> {
  const { title, desired } = item;
  try {
    const found = await item.read();
    const lines = differences(found ?? { actual: undefined, desired });
    const outcome = found === undefined ? "created" : lines.length > 0 ? "updated" : "unchanged";
    if (writes && outcome !== "unchanged") await item.write();
    return { title, outcome, lines };
  } catch (error) {
    return { title, ...failureOf(error) };
  }
}

/** @throws what is no failure of the engine but a defect */
function failureOf(error: unknown): Pick<SetupResult, "outcome" | "lines"> {
  if (error instanceof ForeignError) return { outcome: "foreign", lines: [error.message] };
  if (error instanceof UnavailableError) return { outcome: "skipped", lines: [error.message] };
  if (error instanceof ApiError || error instanceof UnmetError) return { outcome: "failed", lines: [error.message] };
  throw error;
}
