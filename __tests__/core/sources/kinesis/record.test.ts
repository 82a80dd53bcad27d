import { gunzipSync } from "node:zlib";
import { completed } from "../../../../core/events/complete";
import type { DecodedEnvelope } from "../../../../core/sources/kinesis/decode";
import { decodeEventsAgain, decodeRecord } from "../../../../core/sources/kinesis/decode-record";
import { kinesisRecord } from "../../../../core/sources/kinesis/record";
import { ARRIVAL, CONTROL_MESSAGE, envelope, kinesisStreamRecord, logEvent } from "../../../support/kinesis";

describe("kinesisRecord", () => {
  it("reads data, shard, sequence number, stream, account, region and arrival from Lambda's record", () => {
    const given = kinesisStreamRecord(7, Buffer.from([0, 1, 0xff]), 3);
    expect(kinesisRecord(given)).toEqual({
      data: Buffer.from([0, 1, 0xff]),
      shardId: "shardId-000000000003",
      sequenceNumber: given.kinesis.sequenceNumber,
      stream: "logging-pipeline_foo",
      account: "111111111111",
      region: "eu-central-1",
      arrival: ARRIVAL + 7,
      isReplayed: false,
    });
  });

  it("reads the arrival, seconds with a fraction, to the millisecond", () => {
    const record = kinesisStreamRecord(0, Buffer.alloc(0));
    record.kinesis.approximateArrivalTimestamp = 1545084650.98765;
    expect(kinesisRecord(record).arrival).toBe(1545084650988);
  });
});

describe("decodeRecord", () => {
  it("archives the completed envelope, so that a replay writes the same documents", () => {
    const record = kinesisRecord(kinesisStreamRecord(1, envelope([{ ...logEvent(1), id: "" }])));
    const [decoded] = decodeRecord(record, { recordMaxBytes: 1024 * 1024, timeField: "" });
    expect(decoded).toMatchObject({ envelope: completed(envelope([{ ...logEvent(1), id: "" }]), record) });
    expect(decoded).toEqual({ kind: "events", envelope: expect.anything(), member: expect.anything() });
    const { envelope: complete, member } = decoded as DecodedEnvelope;
    expect(JSON.parse(gunzipSync(member).toString())).toEqual(complete);
  });

  it("archives every other record's own bytes", () => {
    const record = kinesisRecord(kinesisStreamRecord(1, envelope([logEvent(1)])));
    expect(decodeRecord(record, { recordMaxBytes: 1024 * 1024, timeField: "" })).toMatchObject([
      { member: record.data },
    ]);
  });
});

describe("decodeEventsAgain", () => {
  const settings = { recordMaxBytes: 1024 * 1024, timeField: "" };

  it("returns the same events as the first time", () => {
    const record = kinesisRecord(kinesisStreamRecord(1, envelope([{ ...logEvent(1), id: "" }])));
    expect(decodeRecord(record, settings)).toMatchObject([{ envelope: decodeEventsAgain(record, settings)[0] }]);
  });

  it("throws for a record without events, instead of calling it an envelope", () => {
    const control = kinesisRecord(kinesisStreamRecord(1, CONTROL_MESSAGE));
    expect(() => decodeEventsAgain(control, settings)).toThrow(`record ${control.sequenceNumber} held events`);
  });
});
