import { count, counted } from "../tools/text/numbers";
import type { SendReport } from "./send";

/** Whether each line was delivered. */
export const isAllDelivered = ({ stats }: SendReport): boolean => stats.delivered === stats.accepted;

/** Formats what has become of the lines, and how to find them. */
export function sendReportText(report: SendReport): string {
  const { run, stats, waitedSeconds, format } = report;
  const { accepted, delivered, uncertain, calls, resentRecords } = stats;
  const fields = format === "plain" ? "tags" : "labels";
  const dropped = Object.entries(stats.dropped).filter(([, lines]) => lines > 0);
  return [
    `Sent ${counted(accepted, "line")}: ${count(delivered)} delivered, ${count(accepted - delivered)} not.`,
    `${counted(calls, "call")}; ${counted(resentRecords, "record")} throttled or failed, and sent again.`,
    ...dropped.map(([reason, lines]) => `Dropped (${reason}): ${counted(lines, "line")}.`),
    ...(uncertain > 0
      ? [`${counted(uncertain, "line")} of them may have arrived: their calls were not answered.`]
      : []),
    ...(waitedSeconds > 0
      ? [`For ${waitedSeconds.toFixed(1)} s it waited, because the service takes less than that rate.`]
      : []),
    `Each line has the label run, with the value ${run}: search for ${fields}.run:${run}.`,
  ].join("\n");
}
