import { join } from "node:path";
import { batchOf, writeBatch } from "../corpus/batches";
import { cases } from "../corpus/cases";
import { measure, OUTPUT } from "../processes/start";
import { formatCell, type TableRow, type Tables } from "../report/table";

/** Options of every suite. */
export interface SuiteOptions {
  /** The folder that CPU profiles are written to; none without it. */
  profiles?: string | undefined;
}

export interface SuiteResult {
  tables: Tables;
  /** Why the measured figures are not acceptable; the command then ends with exit code 1. */
  failure?: string;
}

/** Tells a person, who waits for minutes, what was measured just now. */
export const progress = (line: string): void => console.error(line);

/** A row in a few words: its batch, and some of its columns. */
export const lineOf = (row: TableRow, columns: readonly string[]): string =>
  `${row.batch} … ${columns.map((column) => `${formatCell(row[column])} ${column}`).join(", ")}`;

/**
 * Measures each case in a process of its own.
 *
 * @param columns printed for each case as soon as it is measured: the column's name follows its figure
 */
export async function eachCase(
  name: "core" | "function",
  columns: readonly string[],
  { profiles }: SuiteOptions,
): Promise<TableRow[]> {
  const file = join(OUTPUT, "batch.json");
  const rows: TableRow[] = [];
  for (const { name: batch, corpus, records, eventsPerRecord } of cases()) {
    writeBatch(file, batchOf(corpus, records, eventsPerRecord));
    const options = { args: [file, batch], profiles, label: `${name} ${batch}` };
    rows.push(...(await measure(name, options, (row) => progress(lineOf(row, columns)))));
  }
  return rows;
}
