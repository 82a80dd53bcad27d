import {
  DescribeDeliveryStreamCommand,
  type DescribeDeliveryStreamCommandOutput,
  type FirehoseClient,
  ListDeliveryStreamsCommand,
} from "@aws-sdk/client-firehose";
import { DescribeStreamSummaryCommand, type KinesisClient, ListStreamsCommand } from "@aws-sdk/client-kinesis";
import { MachineError } from "../tools/failures/machine-error";
import type { SendOptions } from "./arguments";

interface Clients {
  readonly firehose: FirehoseClient;
  readonly kinesis: KinesisClient;
}

/**
 * Checks that the target exists and takes records.
 *
 * @param where in words, such as `the local pipeline of process 5`
 * @returns whether it needs a record for each line: Firehose delivers records as documents to search
 * @throws MachineError saying which there are, or why they cannot be described
 */
export async function inspectTarget(
  { firehose, kinesis }: Clients,
  { kind, name }: SendOptions["target"],
  where: string,
): Promise<{ needsLinePerRecord: boolean }> {
  const isStream = kind === "stream";
  const what = isStream ? "Kinesis stream" : "delivery stream";
  try {
    if (isStream) {
      await kinesis.send(new DescribeStreamSummaryCommand({ StreamName: name }));
      return { needsLinePerRecord: false };
    }
    return checkDirectPut(name, await firehose.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName: name })));
  } catch (error) {
    if (error instanceof MachineError) throw error;
    if ((error as Error).name !== "ResourceNotFoundException") {
      throw new MachineError(
        `The ${what} ${name} in ${where} cannot be described: ${(error as Error).message || (error as Error).name}.`,
        "Check the credentials and the region (aws sts get-caller-identity), and that they may describe it.",
        undefined,
        { cause: error },
      );
    }
    const names = await (isStream
      ? kinesis.send(new ListStreamsCommand({})).then(({ StreamNames }) => StreamNames)
      : firehose.send(new ListDeliveryStreamsCommand({ Limit: 50 })).then((answer) => answer.DeliveryStreamNames)
    ).catch(() => []);
    throw new MachineError(
      `There is no ${what} ${name} in ${where}.`,
      names?.length ? `There are: ${names.join(", ")}.` : "There is none at all; apply one first.",
    );
  }
}

function checkDirectPut(
  name: string,
  { DeliveryStreamDescription: description }: DescribeDeliveryStreamCommandOutput,
): { needsLinePerRecord: boolean } {
  const source = description?.Source?.KinesisStreamSourceDescription?.KinesisStreamARN?.split("/").at(-1);
  if (source !== undefined) {
    throw new MachineError(
      `The delivery stream ${name} reads a Kinesis stream, and takes no records itself.`,
      `Send into that stream: --stream ${source} --line-per-record, if it delivers to search; else without the latter.`,
    );
  }
  const { AmazonopensearchserviceDestinationDescription: domain, AmazonOpenSearchServerlessDestinationDescription } =
    description?.Destinations?.[0] ?? { DestinationId: undefined };
  return { needsLinePerRecord: (domain ?? AmazonOpenSearchServerlessDestinationDescription) !== undefined };
}
