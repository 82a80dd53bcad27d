import { DescribeStreamSummaryCommand } from "@aws-sdk/client-kinesis";
import { invocationOf } from "../../tools/installation";
import type { DoctorFinding } from "../check-table";
import type { DoctorContext, DoctorLane } from "../context";
import { metricOf } from "./metric";

/** Checks that there are streams, that each is active, takes what is written to it, and that something is. */
export async function examineStreams(context: DoctorContext): Promise<DoctorFinding[]> {
  const { name, lanes } = context;
  if (lanes.length === 0) {
    return [
      {
        check: "streams",
        subject: name,
        found: `there is no stream ${name}_…`,
        command: "terraform output stream_names",
      },
    ];
  }
  return (await Promise.all(lanes.map((lane) => examineStream(context, lane)))).flat();
}

async function examineStream(context: DoctorContext, { name }: DoctorLane): Promise<DoctorFinding[]> {
  const findings: DoctorFinding[] = [];
  const { StreamDescriptionSummary } = await context.clients.kinesis.send(
    new DescribeStreamSummaryCommand({ StreamName: name }),
  );
  const status = StreamDescriptionSummary?.StreamStatus;
  if (status !== "ACTIVE") {
    findings.push({ check: "stream-active", subject: name, found: `it is ${status}`, command: "terraform apply" });
  }
  const dimensions = { StreamName: name };
  const throttled = await metricOf(context, {
    ...{ namespace: "AWS/Kinesis", metric: "WriteProvisionedThroughputExceeded", dimensions },
    ...{ statistic: "Sum", minutes: 60 },
  });
  if (throttled !== undefined && throttled > 0) {
    const { OpenShardCount: shards } = StreamDescriptionSummary ?? {};
    findings.push({
      check: "stream-throttled",
      subject: name,
      found: `${throttled} writes were throttled in the last hour, with ${shards} shards`,
      command: `${invocationOf("sizing")} --gb-per-day <n> --days <n> --current-shards ${shards}`,
    });
  }
  const records = await metricOf(context, {
    ...{ namespace: "AWS/Kinesis", metric: "IncomingRecords", dimensions, statistic: "Sum", minutes: 24 * 60 },
  });
  if (!records && context.hasServiceMetrics) {
    findings.push({
      check: "stream-silent",
      subject: name,
      found: "no record came in the last 24 hours",
      command: "aws logs describe-subscription-filters --log-group-name <one of its log groups>",
    });
  }
  return findings;
}
