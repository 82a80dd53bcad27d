import type { KinesisClient } from "@aws-sdk/client-kinesis";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { KinesisStreamRecord } from "aws-lambda";
import { Condition } from "../condition";
import { LiveSettings } from "../live-settings";
import type { Discarded } from "./attempt";
import { failureObject } from "./on-failure";
import type { BatchIo } from "./process-batch";
import type { StreamMappingSettings } from "./settings";
import { pollShard } from "./shard";
import { listShards, shardReader } from "./shard-reader";
import { type PollShard, Shards } from "./shards";

const LIST_INTERVAL_MS = 1_000;

export interface StreamMappingOptions {
  readonly kinesis: KinesisClient;
  readonly s3: S3Client;
  readonly settings: StreamMappingSettings;
  /** The function's execution role; evaluated at each read. */
  readonly roleArn: string;
  readonly invoke: BatchIo["invoke"];
  /** Called with the records that each read has returned, before any of them is processed. */
  onRead?(records: readonly KinesisStreamRecord[]): void;
  /** Called with discarded records, and with failed reads and writes, as a line. */
  onProblem(problem: string): void;
}

export interface StreamMapping {
  /** Continues from the current position with new settings; pending retries run at once. Stream and starting position stay. */
  update(settings: StreamMappingSettings): void;
  /** Resolves when no invocation is in flight. */
  stop(): Promise<void>;
}

/**
 * Polls every shard of the mapping's stream and invokes its function with batches of records, as AWS documents it.
 *
 * @throws Error when the stream's shards cannot be listed
 */
export async function startStreamMapping(options: StreamMappingOptions): Promise<StreamMapping> {
  const { kinesis, invoke, onProblem } = options;
  const { streamArn, startingPosition } = options.settings;
  const settings = new LiveSettings(options.settings);
  const changed = new Condition();
  const poll: PollShard = (shardId, from, signal) => {
    const next = shardReader(kinesis, { streamArn, shardId, from, roleArn: () => options.roleArn }, onProblem);
    const read = async () => {
      const result = await next();
      if (result.records.length > 0) options.onRead?.(result.records);
      return result;
    };
    const discard = (discarded: Discarded) => sendToDestination(discarded, settings.value, options);
    return pollShard({ read, discard, invoke }, settings, signal);
  };
  const shards = new Shards(poll, startingPosition, changed.notify);
  await shards.update(await listShards(kinesis, streamArn));

  let stopped = false;
  const follow = async () => {
    while (!stopped) {
      await changed.wait(LIST_INTERVAL_MS);
      // A lasting failure is reported by the shards' readers.
      const listing = await listShards(kinesis, streamArn).catch(() => undefined);
      if (listing && !stopped) await shards.update(listing);
    }
  };
  const following = follow();
  return {
    update: (next) => settings.set(next),
    async stop() {
      stopped = true;
      changed.notify();
      await Promise.all([shards.stop(), following]);
    },
  };
}

async function sendToDestination(
  discarded: Discarded,
  settings: StreamMappingSettings,
  { s3, onProblem }: Pick<StreamMappingOptions, "s3" | "onProblem">,
): Promise<void> {
  const { attempt, condition } = discarded;
  const { key, body } = failureObject(discarded, settings, Date.now());
  const bucket = settings.onFailureBucket;
  onProblem(
    `${attempt.records.length} records discarded (${condition}): ${bucket ? `s3://${bucket}/${key}` : "no on-failure destination"}`,
  );
  if (!bucket) return;
  try {
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  } catch (error) {
    onProblem(`s3://${bucket}/${key} cannot be written: ${error}`);
  }
}
