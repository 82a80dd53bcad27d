import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogStream } from "@cdktf/provider-aws/lib/cloudwatch-log-stream";
import type { Precondition } from "cdktf";
import type { DeliveryContext } from "./context";

/** Firehose's console has it there. */
export const errorLogName = (deliveryStream: string): string => `/aws/kinesisfirehose/${deliveryStream}`;

/** The console's names: of what goes to the destination, and of what goes to S3 beside it. */
const LOG_STREAMS = { destination: "DestinationDelivery", backup: "BackupDelivery" } as const;

/** The log group of a delivery stream's errors, whose log streams Firehose does not create. */
export class ErrorLog {
  readonly group: CloudwatchLogGroup;

  /** @param precondition on the log group because the delivery stream depends on it */
  constructor(
    private readonly context: DeliveryContext,
    precondition: Precondition[],
  ) {
    const { scope, inputs, name } = context;
    this.group = new CloudwatchLogGroup(scope, "firehose_log_group", {
      name: errorLogName(name),
      retentionInDays: inputs.logRetentionInDays.number,
      kmsKeyId: inputs.kmsKeyArn.string,
      tags: inputs.tags.map,
      lifecycle: { precondition },
    });
  }

  /** A log stream, as a delivery stream's `cloudwatch_logging_options`. */
  optionsOf(delivery: keyof typeof LOG_STREAMS) {
    const stream = new CloudwatchLogStream(this.context.scope, `${delivery}_log_stream`, {
      name: LOG_STREAMS[delivery],
      logGroupName: this.group.name,
    });
    return { enabled: true, logGroupName: this.group.name, logStreamName: stream.name };
  }
}
