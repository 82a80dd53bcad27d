import { join } from "node:path";
import { writeBatch } from "../corpus/batches";
import { batchOfCase, groupCases } from "../corpus/cases";
import { bundleFunction, measure, OUTPUT } from "../processes/start";
import type { TableRow } from "../report/table";
import { TITLES } from "../report/targets";
import { type CaseOptions, eachCase, lineOf, progress, type SuiteResult } from "./suite";

export async function functionSuite(options: CaseOptions): Promise<SuiteResult> {
  const { file } = bundleFunction();
  const rows = await eachCase("function", [file], ["ms CPU", "× core", "TLS, × plain"], options);
  return {
    tables: { [TITLES.function]: rows, ...(!options.cases && { [TITLES.groups]: await logGroups(file, options) }) },
  };
}

/** A batch of many log groups beside one of a single log group, as a stream has them that log groups share. */
async function logGroups(bundle: string, { profiles }: CaseOptions): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for (const [one, many] of groupCases()) {
    const files = [one, many].map((each, n) => {
      const file = join(OUTPUT, `groups-${n}.json`);
      writeBatch(file, batchOfCase(each));
      return file;
    });
    const name = one.name.replace(/,[^,]*log group.*/, "");
    const options = { args: [bundle, ...files, name], profiles, label: `groups ${name}`, trustsSink: true };
    rows.push(...(await measure("groups", options, (row) => progress(lineOf(row, ["× 1 log group"])))));
  }
  return rows;
}
