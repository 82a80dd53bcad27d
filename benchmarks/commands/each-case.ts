import { join } from "node:path";
import { writeBatch } from "../corpus/batch-file";
import { batchOf } from "../corpus/batches";
import { cases } from "../corpus/cases";
import { number, type Row } from "../report/table";
import { OUTPUT, runSuite } from "../run-suite";
import { progress } from "./benchmark";

/** A case in a few words: what it was, and some of its figures. */
export const lineOf = (row: Row, columns: readonly string[]): string =>
  `${row.batch} … ${columns.map((column) => `${number(row[column])} ${column}`).join(", ")}`;

/**
 * Runs a suite for each case, in a process of its own.
 *
 * @param columns what is told of each as soon as it is there: the column's name stands behind its figure
 */
export async function eachCase(suite: string, columns: readonly string[]): Promise<Row[]> {
  const file = join(OUTPUT, "batch.json");
  const rows: Row[] = [];
  for (const { name, corpus, records, eventsPerRecord } of cases()) {
    writeBatch(file, batchOf(corpus, records, eventsPerRecord));
    for (const row of await runSuite(suite, { args: [file, name] })) {
      rows.push(row);
      progress(lineOf(row, columns));
    }
  }
  return rows;
}
