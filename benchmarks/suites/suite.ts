import { join } from "node:path";
import { quoted } from "../../tools/text/one-line";
import { UsageError } from "../../tools/usage/usage-error";
import { writeBatch } from "../corpus/batches";
import { batchOfCase, cases } from "../corpus/cases";
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

/** Options of the suites that measure {@link cases}. */
export interface CaseOptions extends SuiteOptions {
  /** Only cases whose names have one of these texts. @default all */
  cases?: readonly string[];
}

/** @throws UsageError when no case is left */
export function chosenCases<Case extends { name: string }>(
  all: readonly Case[],
  { cases: texts }: CaseOptions,
): Case[] {
  const chosen = all.filter(({ name }) => !texts || texts.some((text) => name.includes(text)));
  if (chosen.length > 0) return chosen;
  throw new UsageError([`--cases is ${quoted(texts!.join(" "))}. Allowed: part of a batch's name, such as "× 1,000".`]);
}

/**
 * Measures each case in a process of its own.
 *
 * @param args of the process, before the batch
 * @param columns printed for each case as soon as it is measured: the column's name follows its figure
 */
export async function eachCase(
  name: "core" | "function",
  args: readonly string[],
  columns: readonly string[],
  { profiles, ...options }: CaseOptions,
): Promise<TableRow[]> {
  const file = join(OUTPUT, "batch.json");
  const rows: TableRow[] = [];
  for (const one of chosenCases(cases(), options)) {
    writeBatch(file, batchOfCase(one));
    const measured = {
      args: [...args, file, one.name],
      profiles,
      label: `${name} ${one.name}`,
      trustsSink: name === "function",
    };
    rows.push(...(await measure(name, measured, (row) => progress(lineOf(row, columns)))));
  }
  return rows;
}
