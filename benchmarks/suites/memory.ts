import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { largestBatch } from "../corpus/batches";
import { jsonOfSize, textOfSize } from "../corpus/corpora";
import { heapFlags } from "../measure/lambda";
import { bundleFunction, measure, OUTPUT } from "../processes/start";
import { formatCell, type TableRow } from "../report/table";
import { FUNCTION_MIB, TITLES } from "../report/targets";
import { progress, type SuiteOptions, type SuiteResult } from "./suite";

export interface MemoryOptions extends SuiteOptions {
  minutes: number;
}

export async function memorySuite({ minutes, profiles }: MemoryOptions): Promise<SuiteResult> {
  const batches = Object.entries({ text: textOfSize(140), JSON: jsonOfSize(140) }).map(([kind, corpus]) => {
    const { event, events, inflatedBytes } = largestBatch(corpus);
    const json = JSON.stringify(event);
    const file = join(OUTPUT, `largest-batch-${kind}.json`);
    writeFileSync(file, json);
    const sizes = { "MB of JSON": json.length / 1e6, "inflated, MB": inflatedBytes / 1e6 };
    return { file, row: { messages: kind, records: event.Records.length, events, ...sizes } };
  });
  const { file } = bundleFunction();
  const flags = heapFlags(FUNCTION_MIB);
  const args = [file, String(minutes), ...batches.map((batch) => batch.file)];
  const rows = await measure("memory", { flags, args, profiles }, (row) =>
    progress(`${formatCell(row["after, s"])} s … ${row.batches} batches, peak ${row["peak MiB"]} MiB`),
  );
  const tables = { "The batches": batches.map(({ row }) => row), [TITLES.memory]: rows };
  return { tables, ...overLimit(rows) };
}

/** A failure when the function's peak memory was larger than its memory. */
export function overLimit(rows: readonly TableRow[]): Pick<SuiteResult, "failure"> {
  const peak = Math.max(...rows.map((row) => Number(row["peak MiB"])));
  return peak > FUNCTION_MIB ? { failure: `The function took ${peak} MiB; it may take ${FUNCTION_MIB}.` } : {};
}
