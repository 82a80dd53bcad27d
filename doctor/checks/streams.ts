import { invocationOf } from "../../tools/installation";
import type { DoctorContext, DoctorLane } from "../context";
import { type Examined, looked, together } from "../examined";
import { metricOf } from "./metric";

/** Checks that there are streams, that each is active, takes what is written to it, and that something is. */
export async function examineStreams(context: DoctorContext): Promise<Examined> {
  const { name, lanes } = context;
  if (lanes.length > 0) return together(lanes.map((lane) => examineStream(context, lane)));
  const command = "terraform output stream_names";
  return {
    findings: [{ check: "streams", subject: name, found: `there is no stream ${name}_…`, command }],
    unchecked: [],
  };
}

function examineStream(context: DoctorContext, { name, stream }: DoctorLane): Promise<Examined> {
  const ofStream = { namespace: "AWS/Kinesis", dimensions: { StreamName: name } } as const;
  return together([
    looked(["stream-active"], name, async () => {
      const { StreamStatus: status } = await stream();
      return status === "ACTIVE"
        ? []
        : [{ check: "stream-active", subject: name, found: `it is ${status}`, command: "terraform apply" }];
    }),
    looked(["stream-throttled"], name, async () => {
      const throttled = await metricOf(context, {
        ...{ ...ofStream, metric: "WriteProvisionedThroughputExceeded", statistic: "Sum", minutes: 60 },
      });
      if (throttled === undefined || throttled === 0) return [];
      const { OpenShardCount: shards } = await stream();
      const found = `${throttled} writes were throttled in the last hour, with ${shards} shards`;
      const command = `${invocationOf("sizing")} --gb-per-day <n> --days <n> --current-shards ${shards}`;
      return [{ check: "stream-throttled", subject: name, found, command }];
    }),
    looked(["stream-silent"], name, async () => {
      if (!context.isAws) return [];
      const records = await metricOf(context, {
        ...{ ...ofStream, metric: "IncomingRecords", statistic: "Sum", minutes: 24 * 60 },
      });
      const command = "aws logs describe-subscription-filters --log-group-name <one of its log groups>";
      const found = "no record came in the last 24 hours";
      return records ? [] : [{ check: "stream-silent", subject: name, found, command }];
    }),
  ]);
}
