import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { jsonOfSize, textOfSize } from "../corpus/corpora";
import { largestBatch } from "../corpus/largest-batch";
import { heapFlags } from "../measure/heap-flags";
import type { Options } from "../options";
import { number, type Row } from "../report/table";
import { FUNCTION_MIB } from "../report/targets";
import { MEMORY } from "../report/titles";
import { bundleFunction, OUTPUT, runSuite } from "../run-suite";
import { progress, type Result } from "./benchmark";

export async function memory({ minutes }: Options): Promise<Result> {
  const batches = Object.entries({ text: textOfSize(140), JSON: jsonOfSize(140) }).map(([kind, corpus]) => {
    const { event, events, inflatedBytes } = largestBatch(corpus);
    const json = JSON.stringify(event);
    const file = join(OUTPUT, `largest-batch-${kind}.json`);
    writeFileSync(file, json);
    const sizes = { "MB of JSON": json.length / 1e6, "inflated, MB": inflatedBytes / 1e6 };
    return { file, row: { messages: kind, records: event.Records.length, events, ...sizes } };
  });
  const { file } = bundleFunction();
  const rows = await runSuite("memory", {
    flags: heapFlags(FUNCTION_MIB),
    args: [file, String(minutes), ...batches.map((batch) => batch.file)],
    onRow: (row) => progress(`${number(row["after, s"])} s … ${row.batches} batches, peak ${row["peak MiB"]} MiB`),
  });
  const tables = { "The batches": batches.map(({ row }) => row), [MEMORY]: rows };
  return { tables, ...overLimit(rows) };
}

/** A failure when the function took more memory than it may have. */
export function overLimit(rows: readonly Row[]): Pick<Result, "failure"> {
  const peak = Math.max(...rows.map((row) => Number(row["peak MiB"])));
  return peak > FUNCTION_MIB ? { failure: `The function took ${peak} MiB; it may take ${FUNCTION_MIB}.` } : {};
}
