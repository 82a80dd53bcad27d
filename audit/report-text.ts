import { count, counted } from "../tools/text/numbers";
import { timeText } from "../tools/usage/time";
import type { AuditArguments } from "./arguments/arguments";
import type { AuditCounts, HourCounts } from "./counts";
import { FINDING_KINDS, type Finding } from "./findings";
import { nothingFoundText } from "./nothing-found-text";
import type { AuditReport } from "./report";

/** Rows of hours, and names of ranges and objects, that are printed. */
const MAX_ROWS = 50;

const COLUMNS = [
  ["archived", "archived"],
  ["leftOut", "left out"],
  ["rejected", "rejected"],
  ["indexed", "indexed"],
  ["missing", "missing"],
  ["duplicate", "duplicate"],
  ["extra", "extra"],
  ["altered", "altered"],
] as const satisfies [keyof AuditCounts, string][];

/** Formats what is compared in one line. */
export function auditTitle({ bucket, selection, isDeep, accessLogs }: AuditArguments): string {
  const { fromMs, toMs, logGroup } = selection;
  const of = logGroup === undefined ? "" : ` of ${logGroup}`;
  const what = isDeep ? "events and contents" : "events";
  const where = accessLogs ? `access logs in ${bucket}/${accessLogs.prefix}` : `archive in ${bucket}`;
  return `${where} and index: ${what}${of} from ${timeText(fromMs)} until ${timeText(toMs)}`;
}

/** Formats one finding in one line. */
export function findingText({ kind, index, id, timeMs, logGroup, object }: Finding): string {
  const time = timeMs === undefined ? "without a time" : new Date(timeMs).toISOString();
  const of = logGroup ? ` of ${logGroup}` : "";
  return `${kind}: ${index}/${id} ${time}${of}${object === undefined ? "" : `, archived in ${object}`}`;
}

export const isWrong = (counts: AuditCounts): boolean => FINDING_KINDS.some((kind) => counts[kind] > 0);

/** Formats the table of hours and log groups in which something is wrong, and the conclusion. */
export function auditText(report: AuditReport, args: AuditArguments): string {
  const wrong = report.counts.hours.filter(({ counts }) => isWrong(counts)).sort(byHour);
  const shown = wrong.slice(0, MAX_ROWS);
  const groupTitle = args.accessLogs ? "index" : "log group";
  const width = Math.max(0, ...shown.map(({ logGroup }) => logGroup.length), groupTitle.length);
  const row = (hour: string, logGroup: string, cells: readonly string[]) =>
    `${hour.padEnd(14)} ${logGroup.padEnd(width)}${cells.map((cell) => cell.padStart(13)).join("")}`;
  const cellsOf = (counts: AuditCounts) => COLUMNS.map(([name]) => count(counts[name]));
  const lines = [
    row(
      "hour (UTC)",
      groupTitle,
      COLUMNS.map(([, title]) => title),
    ),
  ];
  for (const { hourMs, logGroup, counts } of shown) lines.push(row(hourText(hourMs), logGroup, cellsOf(counts)));
  if (wrong.length > shown.length) lines.push(`${count(wrong.length - shown.length)} more: --json has all`);
  lines.push(row("all", "", cellsOf(report.counts.sum)));
  lines.push(...(args.accessLogs ? [] : besideLines(report)), ...unseenLines(report));
  if (args.heal) lines.push(...healLines(report, args.heal, args.accessLogs !== undefined));
  lines.push(
    report.nothingFound
      ? nothingFoundText(report.nothingFound, args)
      : conclusion(report, args.accessLogs ? "Access logs" : "Archive"),
  );
  return lines.join("\n");
}

const hourText = (ms: number): string => new Date(ms).toISOString().slice(0, "YYYY-MM-DDTHH".length);

function byHour(a: HourCounts, b: HourCounts): number {
  return a.hourMs - b.hourMs || (a.logGroup < b.logGroup ? -1 : 1);
}

function besideLines({ beside }: AuditReport): string[] {
  const sum = (kind: string) => beside.reduce((n, one) => n + (one.kind === kind ? one.objects : 0), 0);
  return [
    `beside: ${counted(sum("dead-letter"), "object")} in dead-letter/, ${counted(sum("undelivered"), "object")} of undelivered batches`,
  ];
}

function unseenLines({ unseen, unread }: AuditReport): string[] {
  const ranges = unseen.map(
    ({ fromMs, toMs, reason }) => `not compared: ${timeText(fromMs)} until ${timeText(toMs)}: ${reason}`,
  );
  const objects = unread.map(({ key, reason }) => `not read: ${key} ${reason}`);
  return [ranges, objects].flatMap((lines) =>
    lines.length > MAX_ROWS ? [...lines.slice(0, MAX_ROWS), `${count(lines.length - MAX_ROWS)} more`] : lines,
  );
}

function healLines(
  { healed, planned }: AuditReport,
  heal: NonNullable<AuditArguments["heal"]>,
  isOfObjects: boolean,
): string[] {
  if (!heal.isDone) {
    const { deliver, rewrite, remove } = planned;
    return heal.deletes
      ? [
          `--heal --delete --yes would deliver ${count(deliver)}, write ${count(rewrite)} again and remove ${count(remove)}`,
        ]
      : [
          `--heal --yes would deliver ${count(deliver)}; with --delete also write altered documents again, and remove copies and ` +
            "documents without an event",
        ];
  }
  const { delivered, removed } = healed;
  const lines = isOfObjects
    ? [
        `healed: ${counted(delivered, "object")} put on the queue, ${counted(removed, "document")} removed; audit again when it is empty`,
      ]
    : [`healed: ${count(delivered)} delivered, ${count(removed)} removed; then audited again`];
  return [...lines, ...healed.failed.map(({ key, reason }) => `not healed: ${key} ${reason}`)];
}

function conclusion(report: AuditReport, what: string): string {
  const { sum } = report.counts;
  if (report.isClean) return `${what} and index agree: ${counted(sum.indexed, "document")}.`;
  const wrong = FINDING_KINDS.filter((kind) => sum[kind] > 0).map((kind) => `${count(sum[kind])} ${kind}`);
  const found = wrong.length > 0 ? `${what} and index do not agree: ${wrong.join(", ")}.` : "";
  const unknown = report.isComplete ? "" : "Not everything could be compared: nothing is said of the rest.";
  return [found, unknown].filter((text) => text !== "").join(" ");
}
