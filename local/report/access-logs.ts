import { count, counted } from "../../tools/text/numbers";
import { oneLine } from "../../tools/text/one-line";
import { type AccessLogReport, isSettledOnce } from "../access-logs/wait";
import type { ArchiveLocation } from "../delivery/archive";
import { columns } from "./tables";
import { terminalColumns } from "./terminal";

/** Formats the report on files of access logs as a table by file, with what was set aside and a verdict. @param width in columns */
export function accessLogTable(
  { files, quarantine }: { readonly files: readonly AccessLogReport[]; readonly quarantine: ArchiveLocation },
  width = terminalColumns(),
): string {
  const head = ["access log", "format", "lines", "found", "quarantined", "duplicates", "lost", "lines/s"];
  const verdict = files.every(isSettledOnce)
    ? "Every line was found once in the index, or is in the quarantine"
    : "NOT every line was found once. docs/troubleshooting.md explains where to look";
  const notes = files.flatMap(notesOf).map((note) => `  ${note}`);
  const where = `The quarantine is s3://${quarantine.bucket}/${quarantine.prefix}access-logs/`;
  return [
    columns([head, ...files.map(rowOf)], width),
    "",
    ...(notes.length > 0 ? ["Not in the index:", ...notes, ""] : []),
    `${verdict}.`,
    ...(files.some(isSetAside) ? [`${where}.`] : []),
  ].join("\n");
}

function rowOf({ log, found, rejected, duplicates, lost, seconds }: AccessLogReport): string[] {
  const { name, format, expected } = log;
  return [
    name,
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
  const { name, expected } = log;
  const { headers, blank } = expected;
  const leftOut = [
    ...(headers > 0 ? [`${counted(headers, "line")} that name${headers === 1 ? "s" : ""} fields`] : []),
    ...(blank > 0 ? [counted(blank, "blank line")] : []),
  ];
  return [
    ...(ignored === undefined ? [] : [`${name}: ignored, because its key is that of a file without logs (${ignored})`]),
    ...(leftOut.length > 0 ? [`${name}: ${leftOut.join(", ")}`] : []),
    ...(unreadable === undefined
      ? []
      : [`${name}: unreadable after the lines that were found: ${oneLine(unreadable)}`]),
    ...[...rejected].map(([reason, lines]) => `${name}: ${counted(lines, "line")} quarantined: ${oneLine(reason)}`),
  ];
}

const isSetAside = ({ rejected, unreadable }: AccessLogReport): boolean =>
  rejected.size > 0 || unreadable !== undefined;

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
