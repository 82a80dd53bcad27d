import { setTimeout as sleep } from "node:timers/promises";
import type { KinesisClient } from "@aws-sdk/client-kinesis";
import type { KinesisStreamRecord } from "aws-lambda";
import { isAggregate } from "../../core/sources/kinesis/aggregates/magic";
import { userRecords } from "../../core/sources/kinesis/aggregates/user-records";
import { arrivalOf } from "../event-source-mapping/kinesis/event";
import { listShards, shardReader } from "../event-source-mapping/kinesis/shard-reader";
import { type PollShard, Shards } from "../event-source-mapping/kinesis/shards";
import type { DeliveryRecord } from "./record";
import type { Intake } from "./source";

/** Source: Firehose Developer Guide "Send data to a Firehose stream with Kinesis": GetRecords once per second for each shard. */
const POLL_INTERVAL_MS = 1_000;

/** More than fit into a record of 1 MiB. */
const MAX_USER_RECORDS = 1_048_576;

interface StreamSource {
  readonly streamArn: string;
  /** When the delivery stream was created: Firehose reads what is put from then on. */
  readonly createdAt: number;
}

/** Reads every shard of a Kinesis stream, those of later resharding included. */
export async function readStream(
  kinesis: KinesisClient,
  { streamArn, createdAt }: StreamSource,
  intake: Intake,
): Promise<void> {
  const { signal, onProblem } = intake;
  const poll: PollShard = async (shardId, from, shardSignal) => {
    const read = shardReader(kinesis, { streamArn, shardId, from, roleArn: () => "" }, onProblem);
    while (!shardSignal.aborted) {
      await intake.hasRoom();
      const { records, isBehindLatest, ended } = await read();
      for (const record of records.flatMap((one) => recordsIn(one, shardId))) intake.accept(record);
      if (ended) return;
      if (!isBehindLatest) await sleep(POLL_INTERVAL_MS, undefined, { signal: shardSignal }).catch(() => {});
    }
  };
  const shards = new Shards(poll, new Date(createdAt), () => {});
  while (!signal.aborted) {
    // A lasting failure is reported by the shards' readers.
    const listing = await listShards(kinesis, streamArn).catch(() => undefined);
    if (listing && !signal.aborted) await shards.update(listing);
    await sleep(POLL_INTERVAL_MS, undefined, { signal }).catch(() => {});
  }
  await shards.stop();
}

/** Firehose takes the records of the Kinesis Producer Library apart. */
function recordsIn(record: KinesisStreamRecord, shardId: string): DeliveryRecord[] {
  const { data: base64, sequenceNumber, partitionKey } = record.kinesis;
  const data = Buffer.from(base64, "base64");
  const arrivedAt = arrivalOf(record);
  const parts = isAggregate(data) ? userRecords(data, MAX_USER_RECORDS) : [data];
  // Sequence numbers of the emulator repeat in other shards.
  return (Array.isArray(parts) ? parts : [data]).map((part, subsequenceNumber) => ({
    id: `${shardId}.${sequenceNumber}.${subsequenceNumber}`,
    data: part,
    arrivedAt,
    kinesis: { sequenceNumber, subsequenceNumber, partitionKey, shardId, approximateArrivalTimestamp: arrivedAt },
  }));
}
