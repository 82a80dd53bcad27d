import {
  type DeliveryStreamDescription,
  DescribeDeliveryStreamCommand,
  type FirehoseClient,
  ListDeliveryStreamsCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-firehose";

/** More than an account may have: all are in one list. */
const ALL = 10_000;

/** Describes the delivery streams that exist. */
export async function listDeliveryStreams(firehose: FirehoseClient): Promise<DeliveryStreamDescription[]> {
  const { DeliveryStreamNames = [] } = await firehose.send(new ListDeliveryStreamsCommand({ Limit: ALL }));
  const described = DeliveryStreamNames.map(async (DeliveryStreamName) => {
    const answer = await firehose.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName })).catch((error) => {
      // Deleted since it was listed.
      if (error instanceof ResourceNotFoundException) return { DeliveryStreamDescription: undefined };
      throw error;
    });
    return answer.DeliveryStreamDescription;
  });
  return (await Promise.all(described)).filter((one) => one !== undefined);
}
