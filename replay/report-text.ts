import { count, counted } from "../tools/text/numbers";
import { timeText } from "../tools/usage/time";
import type { ReplayArguments } from "./arguments/arguments";
import { isAccessLogKind, type Kind } from "./arguments/kinds";
import type { LeftOut, Report } from "./report";

/** Formats the selection in one line. */
export function title({ kind, bucket, selection, sourcePrefix }: ReplayArguments): string {
  const where = sourcePrefix ? `${bucket}/${sourcePrefix}` : bucket;
  return `${kind} in ${where}: ${selectionText({ kind, selection })}`;
}

/** What the table counts: an object of access logs is one message to the queue. */
const unitOf = (kind: Kind): string => (isAccessLogKind(kind) ? "messages" : "events");

/** A message is delivered to the queue, whatever the function then makes of its object. */
const ON_QUEUE =
  "The queue has them. What becomes of their objects is in the log and the metrics of the function access-logs: " +
  "`IgnoredObjects` are those of no source, `UnreadableObjects` those that are quarantined once more.";

function selectionText({
  kind,
  selection: { fromMs, toMs, logGroup },
}: Pick<ReplayArguments, "kind" | "selection">): string {
  const of = logGroup === undefined ? "" : ` of ${logGroup}`;
  return `${isAccessLogKind(kind) ? "objects" : "events"}${of} from ${timeText(fromMs)} until ${timeText(toMs)}`;
}

/** Formats the final table, and lists what was left out and what is unfinished. */
export function reportText(report: Report, { bucket, kind, selection, sink, dryRunMessages }: ReplayArguments): string {
  const { found, delivered, alreadyIndexed, rejected, dropped } = report.tally;
  const unfinished = report.unfinished + report.notBegun;
  const objects = report.done + report.failed.count + report.skipped.count + unfinished;
  const rows: [string, number][] = [
    ["objects", objects],
    [`${unitOf(kind)} found`, found],
  ];
  if (sink) rows.push(["  delivered", delivered]);
  if (sink?.to === "endpoint") rows.push(["  already indexed", alreadyIndexed]);
  if (sink?.to === "endpoint" || dryRunMessages) rows.push(["  dropped by rules", dropped]);
  if (sink) rows.push(["  rejected again", rejected], ["  failed", report.failedEvents]);
  if (sink && unfinished > 0) rows.push(["  unfinished", report.unfinishedEvents]);
  rows.push(["objects failed", report.failed.count], ["objects skipped", report.skipped.count]);
  if (unfinished > 0) rows.push(["objects unfinished", unfinished]);
  const lines = rows.map(([name, n]) => `${name.padEnd(18)}${count(n).padStart(15)}`);
  lines.push(...leftOut("failed", report.failed), ...leftOut("skipped", report.skipped));
  if (unfinished > 0) {
    lines.push(
      unfinishedText(report, sink !== undefined),
      `done: ${count(report.done)} of ${counted(objects, "object")}`,
    );
  }
  if (sink?.to === "queue" && delivered > 0) lines.push(ON_QUEUE);
  if (report.isThrough && found === 0) lines.push(`No ${kind} ${selectionText({ kind, selection })} in ${bucket}.`);
  return lines.join("\n");
}

/** The number of events in an object that was not begun is unknown; a dry run delivers none. */
function unfinishedText({ unfinished, unfinishedEvents, notBegun }: Report, isDelivering: boolean): string {
  const begun = [counted(unfinished, "object")];
  if (isDelivering && unfinishedEvents > 0) begun.push(`${counted(unfinishedEvents, "event")} read and not delivered`);
  const parts = unfinished > 0 ? [begun.join(", ")] : [];
  if (notBegun > 0) parts.push(`${counted(notBegun, "object")} not begun`);
  return `unfinished: ${parts.join("; ")}`;
}

function leftOut(what: string, { count: total, named }: LeftOut): string[] {
  const lines = named.map(({ key, reason }) => `${what}: ${key} ${reason}`);
  if (total > named.length) lines.push(`${what}: ${count(total - named.length)} more`);
  return lines;
}
