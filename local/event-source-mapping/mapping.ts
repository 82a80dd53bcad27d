import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListShardsCommand,
} from "@aws-sdk/client-kinesis";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { Discarded } from "./attempt";
import { eventRecord } from "./event";
import { failureObject } from "./on-failure";
import type { BatchIo } from "./process-batch";
import type { MappingSettings } from "./settings";
import { pollShard } from "./shard";

export interface MappingOptions {
  readonly kinesis: KinesisClient;
  readonly s3: S3Client;
  readonly settings: MappingSettings;
  /** The function's execution role. */
  readonly roleArn: string;
  readonly invoke: BatchIo["invoke"];
  /** Told what was given up, and what could not be read or written. */
  onProblem(problem: string): void;
}

export interface EventSourceMapping {
  /** Resolves when no invocation is under way any more. */
  stop(): Promise<void>;
}

/** Reads every shard of the mapping's stream and invokes its function with what is there, as AWS documents it. */
export async function startEventSourceMapping(options: MappingOptions): Promise<EventSourceMapping> {
  const { kinesis, settings } = options;
  const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamARN: settings.streamArn }));
  const stopping = new AbortController();
  const polling = Shards.map(async ({ ShardId }) => {
    const shardId = ShardId!;
    const read = shardReader(options, shardId);
    const discard = (discarded: Discarded) => keep(discarded, options);
    await pollShard({ read, discard, invoke: options.invoke }, settings, stopping.signal);
  });
  return {
    async stop() {
      stopping.abort();
      await Promise.all(polling);
    },
  };
}

function shardReader({ kinesis, settings, roleArn, onProblem }: MappingOptions, shardId: string) {
  const { streamArn, startingPosition } = settings;
  let iterator: string | undefined;
  return async () => {
    try {
      iterator ??= (
        await kinesis.send(
          new GetShardIteratorCommand({ StreamARN: streamArn, ShardId: shardId, ShardIteratorType: startingPosition }),
        )
      ).ShardIterator;
      const {
        Records = [],
        NextShardIterator,
        MillisBehindLatest = 0,
      } = await kinesis.send(new GetRecordsCommand({ StreamARN: streamArn, ShardIterator: iterator }));
      iterator = NextShardIterator;
      const records = Records.map((record) => eventRecord(record, { streamArn, shardId, roleArn }));
      return { records, behind: MillisBehindLatest > 0 };
    } catch (error) {
      onProblem(`${shardId} of ${streamArn} cannot be read: ${error}`);
      return { records: [], behind: false };
    }
  };
}

async function keep(discarded: Discarded, { s3, settings, onProblem }: MappingOptions): Promise<void> {
  const { attempt, condition } = discarded;
  const { key, body } = failureObject(discarded, settings, Date.now());
  const bucket = settings.onFailureBucket;
  onProblem(`${attempt.records.length} records given up (${condition}): ${bucket ? `s3://${bucket}/${key}` : "lost"}`);
  if (!bucket) return;
  try {
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  } catch (error) {
    onProblem(`s3://${bucket}/${key} cannot be written: ${error}`);
  }
}
