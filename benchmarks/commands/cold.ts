import type { Options } from "../options";
import type { Row } from "../report/table";
import { COLD } from "../report/titles";
import { bundleFunction, runSuite } from "../run-suite";
import type { Result } from "./benchmark";

export async function cold({ node }: Options): Promise<Result> {
  const { file, bytesOf } = bundleFunction();
  const rows: Row[] = [];
  for (const path of node) rows.push(...(await runSuite("cold", { node: path, args: [file, path] })));
  const parts = Object.entries(bytesOf).map(([part, bytes]) => ({ part, bytes }));
  const largest = parts.sort((a, b) => b.bytes - a.bytes).slice(0, 10);
  return { tables: { [COLD]: rows, "The bundle's largest parts": largest } };
}
