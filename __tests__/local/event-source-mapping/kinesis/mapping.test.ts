import type { KinesisClient } from "@aws-sdk/client-kinesis";
import type { S3Client } from "@aws-sdk/client-s3";
import { startStreamMapping } from "../../../../local/event-source-mapping/kinesis/mapping";
import { settings } from "./factories";

/** A stream of one shard with one record. */
const kinesis = {
  async send({ constructor: { name } }: object) {
    if (name === "DescribeStreamSummaryCommand")
      return { StreamDescriptionSummary: { StreamCreationTimestamp: new Date(0) } };
    if (name === "ListShardsCommand") return { Shards: [{ ShardId: "shardId-0" }] };
    if (name === "GetShardIteratorCommand") return { ShardIterator: "first" };
    const Data = Buffer.from("a");
    const record = { SequenceNumber: "1", PartitionKey: "p", Data, ApproximateArrivalTimestamp: new Date(5_000) };
    // The shard has ended after it.
    return { Records: [record] };
  },
} as unknown as KinesisClient;

describe("startStreamMapping", () => {
  it("says what it has read before it invokes the function with it", async () => {
    const done: string[] = [];
    let invoked = () => {};
    const invocation = new Promise<void>((resolve) => {
      invoked = resolve;
    });
    const mapping = await startStreamMapping({
      ...{ kinesis, s3: {} as S3Client, settings: settings(), roleArn: "role", onProblem: () => {} },
      onRead: (records) => done.push(`read ${records.map(({ eventID }) => eventID)}`),
      async invoke({ Records }) {
        done.push(`invoke ${Records.map(({ eventID }) => eventID)}`);
        invoked();
        return { payload: null };
      },
    });
    await invocation;
    await mapping.stop();
    expect(done).toEqual(["read shardId-0:1", "invoke shardId-0:1"]);
  });
});
