import { counted } from "../tools/text/numbers";
import { oneLine } from "../tools/text/one-line";
import { DOCTOR_CHECKS } from "./check-table";
import { type DoctorReport, isHealthy } from "./examine";

/** Formats a report for people: each finding with its cause and the command that mends it. */
export function doctorText(report: DoctorReport): string {
  const { name, streams, findings, unchecked } = report;
  const lines = [
    ...findings.flatMap(({ check, subject, found, command }) => [
      `${check}: ${oneLine(subject)}: ${oneLine(found)}`,
      `  Cause: ${DOCTOR_CHECKS[check].cause}.`,
      `  Command: ${oneLine(command)}`,
    ]),
    ...unchecked.map(({ what, reason }) => `Not checked: ${what}: ${oneLine(reason)}`),
  ];
  const ofPipeline = `${name}, ${counted(streams, "stream")}`;
  const conclusion = isHealthy(report)
    ? `Nothing is wrong with ${ofPipeline}.`
    : `${counted(findings.length, "finding")} about ${ofPipeline}${unchecked.length > 0 ? "; not all could be checked" : ""}.`;
  return [...lines, conclusion].join("\n");
}

/** Returns a report as one JSON object. */
export const doctorJson = (report: DoctorReport): object => ({
  ...report,
  isHealthy: isHealthy(report),
  findings: report.findings.map((finding) => ({ ...finding, cause: DOCTOR_CHECKS[finding.check].cause })),
});
