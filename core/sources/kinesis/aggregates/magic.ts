/**
 * The first bytes of records that the Kinesis Producer Library has aggregated: behind them are the protobuf message AggregatedRecord, and
 * its MD5.
 *
 * Source: Amazon Kinesis Producer Library, "KPL Aggregated Record Format".
 */
export const MAGIC = Buffer.from([0xf3, 0x89, 0x9a, 0xc2]);

/** Whether data begins as records that the Kinesis Producer Library has aggregated. */
export function isAggregate(data: Buffer): boolean {
  return data.subarray(0, MAGIC.length).equals(MAGIC);
}
