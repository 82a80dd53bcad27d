import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { shellQuote } from "../../tools/text/shell-quote";
import type { DoctorFinding } from "../check-table";
import type { DoctorContext } from "../context";
import { type Examined, looked } from "../examined";

/** What the names of the pipeline's alarms end in, and of those of a domain that it makes; a lane's begin with `<name>_`. */
export const PIPELINE_ALARMS = [
  ...["iterator-age", "returned-records", "rejected-events", "dead-lettered-records", "nothing-arrived"],
  ...["index-cleanup-errors", "archive-compaction-errors"],
  ...["audit-errors", "missing-events", "duplicate-events"],
  ...["domain-writes-blocked", "domain-red", "domain-free-storage", "domain-jvm-memory-pressure"],
] as const;

/** Checks that no alarm of the pipeline is in ALARM. */
export const examineAlarms = (context: DoctorContext): Promise<Examined> =>
  looked(["alarms"], context.name, () => alarmsOf(context));

async function alarmsOf({ name, clients }: DoctorContext): Promise<DoctorFinding[]> {
  const findings: DoctorFinding[] = [];
  for (let token: string | undefined; ; ) {
    const { MetricAlarms = [], NextToken } = await clients.cloudwatch.send(
      new DescribeAlarmsCommand({ AlarmNamePrefix: name, StateValue: "ALARM", ...(token && { NextToken: token }) }),
    );
    for (const { AlarmName = "", StateReason = "" } of MetricAlarms) {
      // Those of a pipeline foo-bar begin with foo-, too.
      const isOwn =
        AlarmName.startsWith(`${name}_`) || PIPELINE_ALARMS.some((alarm) => AlarmName === `${name}-${alarm}`);
      if (!isOwn) continue;
      const command = `aws cloudwatch describe-alarm-history --alarm-name ${shellQuote(AlarmName)}`;
      findings.push({ check: "alarms", subject: AlarmName, found: `it is in ALARM: ${StateReason}`, command });
    }
    if (!NextToken) return findings;
    token = NextToken;
  }
}
