import { bundleFunction, measure } from "../processes/start";
import type { TableRow } from "../report/table";
import { TITLES } from "../report/targets";
import type { SuiteOptions, SuiteResult } from "./suite";

export interface ColdOptions extends SuiteOptions {
  /** Paths of the Node.js to start. */
  node: readonly string[];
}

export async function coldSuite({ node, profiles = "" }: ColdOptions): Promise<SuiteResult> {
  const { file, bytesOf } = bundleFunction();
  const rows: TableRow[] = [];
  for (const path of node) rows.push(...(await measure("cold", { node: path, args: [file, path, profiles] })));
  const parts = Object.entries(bytesOf).map(([part, bytes]) => ({ part, bytes }));
  const largest = parts.sort((a, b) => b.bytes - a.bytes).slice(0, 10);
  return { tables: { [TITLES.cold]: rows, "The bundle's largest parts": largest } };
}
