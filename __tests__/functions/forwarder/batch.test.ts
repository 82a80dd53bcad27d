import { batchRecord } from "../../../functions/forwarder/batch";
import { ARRIVAL, kinesisRecord } from "../../support/kinesis";

describe("batchRecord", () => {
  it("takes over what Lambda says of a Kinesis record, and begins open", () => {
    const given = kinesisRecord(7, Buffer.from([0, 1, 0xff]), 3);
    expect(batchRecord(given)).toEqual({
      data: Buffer.from([0, 1, 0xff]),
      shardId: "shardId-000000000003",
      sequenceNumber: given.kinesis.sequenceNumber,
      stream: "logging-pipeline_foo",
      region: "eu-central-1",
      arrival: ARRIVAL + 7,
      open: 1,
      rejections: [],
    });
  });

  it("reads the arrival, seconds with a fraction, to the millisecond", () => {
    const record = kinesisRecord(0, Buffer.alloc(0));
    record.kinesis.approximateArrivalTimestamp = 1545084650.987;
    expect(batchRecord(record).arrival).toBe(1545084650987);
  });
});
