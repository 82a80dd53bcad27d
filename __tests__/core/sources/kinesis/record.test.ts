import { gunzipSync } from "node:zlib";
import { completed } from "../../../../core/events/complete";
import type { Envelope } from "../../../../core/events/envelope";
import type { DecodedEnvelope } from "../../../../core/sources/kinesis/decode";
import { decodeEventsAgain, decodeRecord } from "../../../../core/sources/kinesis/decode-record";
import { kinesisRecord } from "../../../../core/sources/kinesis/record";
import { replayKey } from "../../../../core/sources/kinesis/replay-key";
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

describe("decodeRecord, under the partition key of a replay", () => {
  const replayed = envelope([{ ...logEvent(1), id: "shardId-000000000000:495:0", timestamp: 0 }]);

  /** The envelope of a record with this data and key. */
  function decodedUnder(partitionKey: string, data: unknown) {
    const record = kinesisStreamRecord(1, data);
    record.kinesis.partitionKey = partitionKey;
    const [part] = decodeRecord(kinesisRecord(record), { recordMaxBytes: 1024 * 1024, timeField: "" });
    return (part as { envelope: Envelope }).envelope;
  }

  it("keeps ids and times as they are", () => {
    expect(decodedUnder(replayKey("stream-1"), replayed)).toEqual(replayed);
    expect(decodedUnder(replayKey(replayKey("stream-1")), replayed)).toEqual(replayed);
  });

  it.each([
    ["under any other key", "replay:stream-1", replayed],
    [
      "of a text, which somebody may have written who chooses keys",
      replayKey("x"),
      Buffer.from(JSON.stringify(replayed)),
    ],
  ])("replaces them %s", (_, key, data) => {
    const { sequenceNumber } = kinesisStreamRecord(1, data).kinesis;
    expect(decodedUnder(key, data).logEvents).toMatchObject([
      { id: `shardId-000000000000:${sequenceNumber}:0`, timestamp: ARRIVAL + 1 },
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
