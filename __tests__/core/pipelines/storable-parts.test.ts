import { type ArchiveLayout, storableParts } from "../../../core/pipelines/storable-parts";
import { decodeRecord } from "../../../core/sources/kinesis/decode-record";
import { kinesisRecord } from "../../../core/sources/kinesis/record";
import { aggregated } from "../../../soak/traffic/aggregated";
import { envelope, kinesisStreamRecord, logEvent } from "../../support/kinesis";

/** User records of `n` log groups. */
const groups = (n: number) =>
  Array.from({ length: n }, (_, i) => Buffer.from(JSON.stringify(envelope([logEvent(i)], { logGroup: `g${i}` }))));
const BINARY = Buffer.from([0]);

function partsOf(userRecords: Buffer[], layout?: ArchiveLayout) {
  const record = kinesisRecord(kinesisStreamRecord(0, aggregated(userRecords)));
  return { record, parts: storableParts(decodeRecord(record, { recordMaxBytes: 1e6, timeField: "" }), record, layout) };
}

describe("storableParts", () => {
  it("leaves a record as it is that takes 100 objects: one for each log group, and for each dead letter", () => {
    expect(partsOf([...groups(99), BINARY]).parts).toHaveLength(100);
    expect(partsOf([...groups(99), ...groups(99), BINARY]).parts).toHaveLength(199);
  });

  it("dead-letters a record whole that takes more", () => {
    const { parts, record } = partsOf([...groups(99), BINARY, BINARY]);
    expect(parts).toEqual([{ kind: "undecodable", reason: "takes more than 100 objects in the bucket", record }]);
  });

  it("counts one object for all log groups, if those of a stream share it", () => {
    const binary = Array.from({ length: 99 }, () => BINARY);
    expect(partsOf([...groups(200), ...binary], "stream").parts).toHaveLength(299);
    expect(partsOf([...groups(2), ...binary, BINARY], "stream").parts).toHaveLength(1);
  });
});
