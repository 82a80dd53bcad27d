import type { Measured, Workload } from "./model/workload";
import type { CostReport } from "./report";

const COUNTED: Readonly<Record<Exclude<keyof Measured, "days" | "time">, string>> = {
  logBytes: "what log groups ingested",
  streamBytes: "the streams' bytes",
  streamRecords: "the streams' records",
  invocations: "the forwarders' invocations",
  functionSeconds: "their time",
  events: "events",
  sentBytes: "what was sent to the index",
  archivedBytes: "what was put into the archive",
};

/** What was counted, and what is assumed. */
export const assumptionsText = ({ args: { workload } }: CostReport): string =>
  [...(workload.measured ? countedText(workload.measured) : []), assumedText(workload)].join("\n");

function countedText(measured: Measured): string[] {
  const names = Object.keys(COUNTED) as (keyof typeof COUNTED)[];
  const named = (isCounted: boolean) =>
    names.filter((name) => (measured[name] !== undefined) === isCounted).map((name) => COUNTED[name]);
  const isDerived = measured.logBytes === undefined && measured.streamBytes !== undefined;
  const missing = named(false).filter((name) => !(isDerived && name === COUNTED.logBytes));
  const { time } = measured;
  return [
    `Counted${time ? ` from ${time.from} to ${time.to}` : ""}: ${named(true).join(", ")}.`,
    ...(isDerived ? ["What log groups ingested is taken from the streams' bytes, by what gzip leaves of them."] : []),
    ...(missing.length > 0
      ? [`CloudWatch has no values of this time of ${missing.join(", ")}: assumed as below.`]
      : []),
    ...(time && time.silentHours > 0
      ? [`In ${time.silentHours} of ${measured.days * 24} hours nothing was counted: they count as hours without logs.`]
      : []),
  ];
}

function assumedText(workload: Workload): string {
  const assumed = [
    `lines of ${workload.lineBytes} bytes`,
    `${workload.linesPerRecord} in a record`,
    `${workload.compressedTo} of their size after gzip`,
    `a busiest minute of ${workload.peak} × the mean`,
    `${workload.cpuSecondsPerMillionLines} s of a vCPU for a million lines`,
    `${workload.waitingSeconds} s of waiting in an invocation`,
    `${workload.cleanupSeconds} s for a clean-up of indices`,
    `${workload.dimensionValues} values of a dimension that names none`,
    `${workload.keptDays} days of what never expires`,
  ];
  return `Assumed${workload.measured ? ", for what is not counted" : ""}: ${assumed.join(", ")}. Options set each.`;
}
