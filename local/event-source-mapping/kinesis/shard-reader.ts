import {
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListShardsCommand,
} from "@aws-sdk/client-kinesis";
import { LastingFailure } from "../lasting-failure";
import { eventRecord } from "./event";
import type { ShardRead } from "./shard";
import type { ListedShard, ShardListing, StartingPosition } from "./shards";

/** @throws ResourceNotFoundException when there is no such stream */
export async function listShards(kinesis: KinesisClient, streamArn: string): Promise<ShardListing> {
  const { StreamDescriptionSummary } = await kinesis.send(new DescribeStreamSummaryCommand({ StreamARN: streamArn }));
  const shards: ListedShard[] = [];
  let next: string | undefined;
  do {
    // A token already identifies the stream.
    const where = next === undefined ? { StreamARN: streamArn } : { NextToken: next };
    const { Shards = [], NextToken } = await kinesis.send(new ListShardsCommand(where));
    for (const { ShardId, ParentShardId, AdjacentParentShardId, SequenceNumberRange } of Shards) {
      const parents = [ParentShardId, AdjacentParentShardId].filter((parent) => parent !== undefined);
      shards.push({ id: ShardId!, parents, open: SequenceNumberRange?.EndingSequenceNumber === undefined });
    }
    next = NextToken;
  } while (next !== undefined);
  return { createdAt: StreamDescriptionSummary!.StreamCreationTimestamp!.getTime(), shards };
}

/** @returns a function that reads the next records; it reports lasting errors to `onProblem` and retries at the same position */
export function shardReader(
  kinesis: KinesisClient,
  shard: { streamArn: string; shardId: string; from: StartingPosition; roleArn(): string },
  onProblem: (problem: string) => void,
): () => Promise<ShardRead> {
  const { streamArn, shardId, from } = shard;
  let shardIterator: string | undefined;
  const failure = new LastingFailure(onProblem);
  return async () => {
    try {
      shardIterator ??= (
        await kinesis.send(
          new GetShardIteratorCommand({
            ...{ StreamARN: streamArn, ShardId: shardId },
            ...(from instanceof Date
              ? { ShardIteratorType: "AT_TIMESTAMP", Timestamp: from }
              : { ShardIteratorType: from }),
          }),
        )
      ).ShardIterator;
      const {
        Records = [],
        NextShardIterator,
        MillisBehindLatest = 0,
      } = await kinesis.send(new GetRecordsCommand({ StreamARN: streamArn, ShardIterator: shardIterator }));
      shardIterator = NextShardIterator;
      failure.succeeded();
      const source = { streamArn, shardId, roleArn: shard.roleArn() };
      const records = Records.map((record) => eventRecord(record, source));
      return { records, isBehindLatest: MillisBehindLatest > 0, ended: NextShardIterator === undefined };
    } catch (error) {
      failure.failed(`${shardId} of ${streamArn} cannot be read: ${error}`);
      return { records: [], isBehindLatest: false, ended: false };
    }
  };
}
