import { count, counted } from "../../tools/text/numbers";
import { oneLine } from "../../tools/text/one-line";
import { leftOutLines } from "../access-logs/left-out";
import { type AccessLogReport, isSettledOnce } from "../access-logs/wait";
import type { ArchiveLocation } from "../delivery/archive";
import { columns } from "./tables";
import { clipStart, terminalColumns } from "./terminal";

/** Keys of AWS differ at their end: less of a name would be that of any file. */
const LEAST_NAME_COLUMNS = 24;

/** Formats the report on files of access logs as a table by file, with what was quarantined and a verdict. @param width in columns */
export function accessLogTable(
  { files, quarantine }: { readonly files: readonly AccessLogReport[]; readonly quarantine: ArchiveLocation },
  width = terminalColumns(),
): string {
  const head = ["access log", "format", "lines", "found", "rejected", "duplicates", "lost", "lines/s"];
  const verdict = files.every(isSettledOnce)
    ? "Every line was found once in the index, or is in the quarantine"
    : "NOT every line was found once. docs/troubleshooting.md explains where to look";
  const names = namesOf(files.map(({ log }) => log.path));
  const notes = files.flatMap((file, n) => notesOf(file).map((note) => `  ${oneLine(names[n]!)}: ${note}`));
  const cells = files.map(cellsOf);
  const where = `The quarantine is s3://${quarantine.bucket}/${quarantine.prefix}access-logs/`;
  return [
    columns([head, ...cells.map((row, n) => [names[n]!, ...row])], width, clipStart, LEAST_NAME_COLUMNS),
    "",
    ...(notes.length > 0 ? ["Not in the index:", ...notes, ""] : []),
    `${verdict}.`,
    ...(files.some(isSetAside) ? [`${where}.`] : []),
  ].join("\n");
}

/** Paths from the last folder on that all files are in. */
function namesOf(paths: readonly string[]): string[] {
  const folders = paths.map((path) => path.split(/[\\/]/).slice(0, -1));
  let common = 0;
  while (folders.every((parts) => common < parts.length && parts[common] === folders[0]![common])) common++;
  return paths.map((path) => path.split(/[\\/]/).slice(common).join("/"));
}

/** All but the file's name. */
function cellsOf({ log, found, rejected, duplicates, lost, seconds }: AccessLogReport): string[] {
  const { format, expected } = log;
  return [
    format ?? "text",
    count(expected.eventCount),
    count(found),
    count(sum(rejected.values())),
    count(duplicates),
    count(lost),
    seconds === undefined || found === 0 ? "-" : count(Math.round(found / seconds)),
  ];
}

/** What of a file is not in the index, and why; safe for a terminal. */
function notesOf({ log, rejected, unreadable, ignored }: AccessLogReport): string[] {
  const leftOut = leftOutLines(log.expected);
  return [
    ...(ignored === undefined ? [] : [`ignored, because its key is that of a file without logs (${ignored})`]),
    ...(leftOut.length > 0 ? [leftOut.join(", ")] : []),
    ...(unreadable === undefined ? [] : [`unreadable after the lines that were found: ${oneLine(unreadable)}`]),
    ...[...rejected].map(([reason, lines]) => `${counted(lines, "line")} quarantined: ${oneLine(reason)}`),
  ];
}

const isSetAside = ({ rejected, unreadable }: AccessLogReport): boolean =>
  rejected.size > 0 || unreadable !== undefined;

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
