import { count, counted } from "../tools/text/numbers";
import { oneLine } from "../tools/text/one-line";
import { shellQuote } from "../tools/text/shell-quote";
import { DOCTOR_CHECKS } from "./check-table";
import { type DoctorReport, isHealthy } from "./examine";
import type { Unchecked } from "./examined";
import type { TestEventResult } from "./test-event/follow";

/** Formats a report for people: each finding with its cause and the command that mends it. */
export function doctorText(report: DoctorReport): string {
  const { name, streams, findings, unchecked, testEvents } = report;
  const lines = [
    ...findings.flatMap(({ check, subject, found, command }) => [
      `${check}: ${oneLine(subject)}: ${oneLine(found)}`,
      `  Cause: ${DOCTOR_CHECKS[check].cause}.`,
      `  Command: ${oneLine(command)}`,
    ]),
    ...uncheckedLines(unchecked),
    ...(testEvents ?? []).flatMap(testEventLines),
  ];
  const ofPipeline = `${name}, ${counted(streams, "stream")}`;
  const conclusion = isHealthy(report)
    ? `Nothing is wrong with ${ofPipeline}.`
    : `${counted(findings.length, "finding")} about ${ofPipeline}${unchecked.length > 0 ? "; not all could be checked" : ""}.`;
  return [...lines, conclusion].join("\n");
}

/** One line, or two, for what could not be checked for the same reason of many streams. */
function uncheckedLines(unchecked: readonly Unchecked[]): string[] {
  const alike = new Map<string, Unchecked[]>();
  for (const one of unchecked) {
    const key = JSON.stringify([one.checks, one.needs ?? one.reason]);
    alike.set(key, [...(alike.get(key) ?? []), one]);
  }
  return [...alike.values()].flatMap(([first, ...others]) => {
    const { checks, subject, reason, needs } = first!;
    const more = others.length === 0 ? "" : ` and ${others.length} more`;
    return [
      `Could not check ${checks.join(", ")}: ${oneLine(subject)}${more}: ${oneLine(reason)}`,
      ...(needs === undefined ? [] : [`  Needs: ${needs}`]),
    ];
  });
}

function testEventLines({ logGroup, logStream, searchableMs, index, archived }: TestEventResult): string[] {
  const places = [
    ...(searchableMs === undefined ? [] : [`searchable in ${index} after ${count(searchableMs)} ms`]),
    ...(archived === undefined ? [] : [`archived as ${archived}`]),
  ];
  const remove = `aws logs delete-log-stream --log-group-name ${shellQuote(logGroup)} --log-stream-name ${logStream}`;
  return [
    oneLine(`Test event of ${logGroup}: ${places.join(", ") || "found nowhere"}.`),
    `  ${oneLine(`Written: one event, into the log stream ${logStream}. To remove that: ${remove}`)}`,
  ];
}

/** Returns a report as one JSON object. */
export const doctorJson = (report: DoctorReport): object => ({
  ...report,
  isHealthy: isHealthy(report),
  findings: report.findings.map((finding) => ({ ...finding, cause: DOCTOR_CHECKS[finding.check].cause })),
});
