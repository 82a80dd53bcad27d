import type { Finding } from "./findings";
import type { AuditReport } from "./report";

const timeOf = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString());

/** Formats one finding in one line of JSON. */
export const jsonFinding = ({ kind, index, id, timeMs, logGroup, object }: Finding): string =>
  JSON.stringify({ kind, index, id, time: timeOf(timeMs), log_group: logGroup ?? null, object: object ?? null });

/** Formats each hour of a log group in one line of JSON, and the summary in the last one. */
export function jsonReport(report: AuditReport): string {
  const hours = report.counts.hours.map(({ hourMs, logGroup, counts }) =>
    JSON.stringify({ kind: "hour", hour: timeOf(hourMs), log_group: logGroup, ...countsOf(counts) }),
  );
  const beside = report.beside.map((each) => JSON.stringify(each));
  const unseen = report.unseen.map(({ fromMs, toMs, reason }) =>
    JSON.stringify({ kind: "not-compared", from: timeOf(fromMs), to: timeOf(toMs), reason }),
  );
  const unread = report.unread.map((object) => JSON.stringify({ kind: "not-read", ...object }));
  const { sum } = report.counts;
  const { healed, isClean, isComplete, unnamed, stopped } = report;
  const summary = JSON.stringify({
    ...{
      kind: "summary",
      agrees: isClean && report.nothingFound?.isKnown !== false,
      complete: isComplete,
      ...countsOf(sum),
      unnamed,
    },
    healed: { delivered: healed.delivered, removed: healed.removed, failed: healed.failed },
    stopped: stopped ?? null,
  });
  return [...hours, ...beside, ...unseen, ...unread, ...nothingLines(report), summary].join("\n");
}

function countsOf({ leftOut, ...counts }: AuditReport["counts"]["sum"]) {
  return { ...counts, left_out: leftOut };
}

function nothingLines({ nothingFound }: AuditReport): string[] {
  if (!nothingFound) return [];
  const { isKnown: known, isFuture: future, places } = nothingFound;
  const { logGroups = null, streams = null, hours = null } = places ?? {};
  return [JSON.stringify({ ...{ kind: "nothing-found", known, future, hours }, log_groups: logGroups, streams })];
}
