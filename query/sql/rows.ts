import { once } from "node:events";
import type { Writable } from "node:stream";
import type { DuckDBResult, Json } from "@duckdb/node-api";
import { harmless, harmlessJson, oneLine } from "../../tools/text/one-line";

export const ROW_FORMATS = ["table", "json", "csv"] as const;
export type RowFormat = (typeof ROW_FORMATS)[number];

/** Where rows are written; a terminal gets no control characters of theirs. */
export type RowOutput = Writable & { isTTY?: boolean };

/** Rows whose widths a table's columns have. */
const MEASURED_ROWS = 1_000;

/** Of a cell of a table, in characters. */
const MAX_CELL = 120;

/** Whole numbers as JavaScript has them; DuckDB's own JSON has those of 64 bits and more as texts. */
const WHOLE = /^(BIGINT|UBIGINT|HUGEINT|UHUGEINT)$/;

/** Writes a result as it comes. @returns the number of rows */
export async function writeRows(result: DuckDBResult, format: RowFormat, output: RowOutput): Promise<number> {
  const names = result.deduplicatedColumnNames();
  const types = result.columnTypes().map(String);
  const writer = WRITERS[format](names, output.isTTY === true);
  let rows = 0;
  const write = async (text: string) => {
    if (text !== "" && !output.write(text)) await once(output, "drain");
  };
  for await (const chunk of result.yieldRowsJson()) {
    rows += chunk.length;
    await write(writer.rows(chunk.map((row) => row.map((value, i) => numberOf(value, types[i]!)))));
  }
  await write(writer.end());
  return rows;
}

function numberOf(value: Json, type: string): Json {
  return WHOLE.test(type) && typeof value === "string" && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

interface RowWriter {
  rows(rows: Json[][]): string;
  end(): string;
}

const WRITERS: Record<RowFormat, (names: readonly string[], isTerminal: boolean) => RowWriter> = {
  json: (names, isTerminal) => ({
    rows: (rows) =>
      rows
        .map((row) => Object.fromEntries(row.map((value, i) => [names[i]!, value])))
        .map((row) => `${isTerminal ? harmlessJson(row) : JSON.stringify(row)}\n`)
        .join(""),
    end: () => "",
  }),
  csv: (names, isTerminal) => {
    let head = `${names.map(csvCell).join(",")}\n`;
    const take = (text: string) => {
      const taken = head + text;
      head = "";
      return isTerminal ? harmless(taken) : taken;
    };
    return { rows: (rows) => take(rows.map((row) => `${row.map(csvCell).join(",")}\n`).join("")), end: () => take("") };
  },
  table: (names) => {
    let measured: string[][] = [names.map((name) => oneLine(name))];
    let widths: number[] | undefined;
    const lineOf = (cells: readonly string[]) =>
      `${cells
        .map((cell, i) => cell.padEnd(widths![i]!))
        .join("  ")
        .trimEnd()}\n`;
    const flush = () => {
      widths = names.map((_, i) => measured.reduce((width, row) => Math.max(width, row[i]!.length), 0));
      const [head, ...rest] = measured;
      measured = [];
      return [head!, widths.map((width) => "─".repeat(width)), ...rest].map(lineOf).join("");
    };
    return {
      rows(rows) {
        const cells = rows.map((row) => row.map(tableCell));
        if (widths) return cells.map(lineOf).join("");
        measured.push(...cells);
        return measured.length > MEASURED_ROWS ? flush() : "";
      },
      end: () => (widths ? "" : flush()),
    };
  },
};

const textOf = (value: Json): string =>
  value === null ? "" : typeof value === "string" ? value : JSON.stringify(value);

function tableCell(value: Json): string {
  const text = oneLine(textOf(value));
  return text.length > MAX_CELL ? `${text.slice(0, MAX_CELL - 1)}…` : text;
}

/** Source: RFC 4180. */
function csvCell(value: Json): string {
  const text = textOf(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
