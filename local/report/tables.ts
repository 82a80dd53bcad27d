import { count, counted } from "../../tools/text/numbers";
import { oneLine } from "../../tools/text/one-line";
import { isComplete } from "../delivery/delivery";
import type { DeliveryReport } from "../delivery/wait";
import type { StoredEvent } from "../log-events/put";
import { summaryOf } from "./message";
import { clip, displayWidth, padColumns, terminalColumns } from "./terminal";

/** Minimum width of a column that is cut to the terminal's width. */
const MIN_COLUMNS = 9;

const MAX_EXAMPLES = 10;

/** Minimum width for object keys: S3's longest key has 1,024 bytes. */
const MIN_KEY_COLUMNS = 1_024;

/** Formats the delivery report as a table by log group, with a verdict. @param width in columns */
export function reportTable(
  { groups, foreignObjects, unreadableObjects }: DeliveryReport,
  width = terminalColumns(),
): string {
  const rows = groups.map((group) => [
    oneLine(group.logGroup),
    count(group.put),
    count(group.indexed),
    count(group.archived),
    count(group.duplicates),
    count(group.lost),
    group.searchableSeconds === undefined ? "not all" : `${group.searchableSeconds.toFixed(1)} s`,
  ]);
  const head = ["log group", "put", "indexed", "archived", "duplicates", "lost", "searchable after"];
  const verdict = groups.every(isComplete)
    ? "Every event was found once, in the index and in the archive"
    : "NOT every event was found once. docs/troubleshooting.md explains where to look";
  const objects = sum(groups.map(({ archivedObjects }) => archivedObjects));
  const bytes = count(sum(groups.map(({ archivedBytes }) => archivedBytes)));
  const archive = `The archive has ${counted(objects, "object")}, ${bytes} bytes.`;
  const foreign = objectsLine("not written by the pipeline", foreignObjects, width);
  const unreadable = objectsLine(
    "not counted, because not all of it could be read",
    [...unreadableObjects].map(([key, reason]) => `${key} (${reason})`),
    width,
  );
  return [columns([head, ...rows], width), "", `${verdict}.`, archive, ...foreign, ...unreadable].join("\n");
}

/** Names objects in the archive, as far as the line allows. */
function objectsLine(what: string, keys: readonly string[], width: number): string[] {
  if (keys.length === 0) return [];
  const begin = `${counted(keys.length, "object")} in the archive ${keys.length === 1 ? "was" : "were"} ${what}: `;
  // The first key stays readable in a narrow terminal.
  const columns = Math.max(displayWidth(begin) + MIN_KEY_COLUMNS, width);
  return [clip(begin + keys.map(oneLine).join(", "), columns)];
}

/** Formats the first log events with log group and time, one per line, safe for a terminal. @param width in columns */
export function exampleLines(examples: readonly StoredEvent[], width = terminalColumns()): string {
  const rows = examples
    .slice(0, MAX_EXAMPLES)
    .map(({ message, logGroup, timestamp }) => [
      summaryOf(message),
      clip(oneLine(logGroup), Math.max(MIN_COLUMNS, Math.floor(width / 3))),
      new Date(timestamp).toISOString().replace(/\.\d+/, ""),
    ]);
  return columns(rows, width);
}

/**
 * Formats a table whose first column is cut so that no line is wider than the terminal, if that leaves enough of it.
 *
 * @param cut of one cell, to a number of columns
 */
export function columns(
  rows: readonly (readonly string[])[],
  width = terminalColumns(),
  cut = clip,
  least = MIN_COLUMNS,
): string {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => displayWidth(row[i]!))));
  const others = sum(widths.slice(1).map((columns) => columns + SEPARATOR.length));
  widths[0] = Math.min(widths[0]!, Math.max(least, width - SEPARATOR.length - others));
  return rows
    .map(([first, ...rest]) => [cut(first!, widths[0]!), ...rest])
    .map((row) => (SEPARATOR + row.map((cell, i) => padColumns(cell, widths[i]!)).join(SEPARATOR)).trimEnd())
    .join("\n");
}

/**
 * Formats commands with what each does. None is cut, so that it can be copied: a long one has its meaning on the next line.
 *
 * @param width in columns
 */
export function commandTable(
  rows: readonly (readonly [command: string, meaning: string])[],
  width = terminalColumns(),
): string {
  const longest = Math.max(...rows.map(([, meaning]) => displayWidth(meaning)));
  const room = width - longest - 2 * SEPARATOR.length;
  const first = Math.max(...rows.map(([command]) => displayWidth(command)).filter((columns) => columns <= room), 0);
  return rows
    .map(([command, meaning]) =>
      displayWidth(command) > first
        ? `${SEPARATOR}${command}\n${SEPARATOR}${padColumns("", first)}${SEPARATOR}${meaning}`
        : `${SEPARATOR}${padColumns(command, first)}${SEPARATOR}${meaning}`,
    )
    .join("\n");
}

/** Also precedes the first column. */
const SEPARATOR = "  ";

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
