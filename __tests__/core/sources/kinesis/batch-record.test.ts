import { gunzipSync } from "node:zlib";
import { completed } from "../../../../core/events/complete";
import { batchRecord, decodeBatchRecord } from "../../../../core/sources/kinesis/batch-record";
import { ARRIVAL, envelope, kinesisRecord, logEvent } from "../../../support/kinesis";

describe("batchRecord", () => {
  it("takes over what Lambda says of a Kinesis record, and begins open", () => {
    const given = kinesisRecord(7, Buffer.from([0, 1, 0xff]), 3);
    expect(batchRecord(given)).toEqual({
      data: Buffer.from([0, 1, 0xff]),
      shardId: "shardId-000000000003",
      sequenceNumber: given.kinesis.sequenceNumber,
      stream: "logging-pipeline_foo",
      account: "111111111111",
      region: "eu-central-1",
      arrival: ARRIVAL + 7,
      open: 1,
      rejections: [],
    });
  });

  it("reads the arrival, seconds with a fraction, to the millisecond", () => {
    const record = kinesisRecord(0, Buffer.alloc(0));
    record.kinesis.approximateArrivalTimestamp = 1545084650.98765;
    expect(batchRecord(record).arrival).toBe(1545084650988);
  });
});

describe("decodeBatchRecord", () => {
  it("archives what it completed, so that a replay makes the same documents", () => {
    const record = batchRecord(kinesisRecord(1, envelope([{ ...logEvent(1), id: "" }])));
    const decoded = decodeBatchRecord(record, { recordMaxBytes: 1024 * 1024, timeField: "" });
    expect(decoded).toMatchObject({ envelope: completed(envelope([{ ...logEvent(1), id: "" }]), record) });
    expect(decoded).toEqual({ kind: "events", envelope: expect.anything(), member: expect.anything() });
    const { envelope: complete, member } = decoded as Extract<typeof decoded, { kind: "events" }>;
    expect(JSON.parse(gunzipSync(member).toString())).toEqual(complete);
  });

  it("archives every other record's own bytes", () => {
    const record = batchRecord(kinesisRecord(1, envelope([logEvent(1)])));
    expect(decodeBatchRecord(record, { recordMaxBytes: 1024 * 1024, timeField: "" })).toMatchObject({
      member: record.data,
    });
  });
});
