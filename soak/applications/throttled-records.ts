import type { Random } from "../../tools/random";

/** What a service answers for one record. */
interface PutResult {
  readonly ErrorCode?: string;
}

/** How the two services answer a batch of which some records failed; both requests have `Records`. */
const KINESIS = {
  results: "Records",
  failed: "FailedRecordCount",
  throttled: {
    ErrorCode: "ProvisionedThroughputExceededException",
    ErrorMessage: "Rate exceeded for shard shardId-000000000000 in stream soak under account 123456789012.",
  },
} as const;

/** Source: Amazon Data Firehose API Reference, "PutRecordBatch". */
const FIREHOSE = {
  results: "RequestResponses",
  failed: "FailedPutCount",
  throttled: { ErrorCode: "ServiceUnavailableException", ErrorMessage: "Slow down." },
} as const;

/** A request of which a part goes to the target, and the rest is answered as if the stream were too busy. */
export interface PartlyThrottled {
  /** The request without the records that are throttled. @default all of them are */
  readonly body?: Buffer;
  /** The target's answer, with those of the throttled records in their places. */
  join(answer: Buffer): Buffer;
}

/**
 * Throttles about half of the records of `PutRecords` or `PutRecordBatch`. Other requests stay as they are.
 *
 * Source: Amazon Kinesis Data Streams API Reference, "PutRecords": a response with status 200 has the failures of single records.
 */
export function throttleSome(body: Buffer, random: Random): PartlyThrottled {
  const request = JSON.parse(body.toString()) as { Records?: unknown[]; DeliveryStreamName?: string };
  const { results: member, failed, throttled } = request.DeliveryStreamName === undefined ? KINESIS : FIREHOSE;
  const records = request.Records ?? [];
  const isKept = records.map(() => random.chance(0.5));
  const some = records.filter((_, n) => isKept[n]);
  if (!isKept.includes(false)) return { body, join: (answer) => answer };
  return {
    ...(some.length > 0 && { body: Buffer.from(JSON.stringify({ ...request, Records: some })) }),
    join(answer) {
      const response = some.length > 0 ? JSON.parse(answer.toString()) : { [member]: [] };
      if (!response[member]) return answer;
      const results: PutResult[] = [...response[member]];
      const all = isKept.map((kept) => (kept ? results.shift()! : throttled));
      const count = all.filter(({ ErrorCode }) => ErrorCode !== undefined).length;
      return Buffer.from(JSON.stringify({ ...response, [failed]: count, [member]: all }));
    },
  };
}
