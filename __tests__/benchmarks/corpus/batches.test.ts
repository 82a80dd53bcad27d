import { batchOf, largestBatch } from "../../../benchmarks/corpus/batches";
import { corpora, jsonOfSize, textOfSize } from "../../../benchmarks/corpus/corpora";
import { fastPathRecord } from "../../../core/fast-path/fast-path-record";
import { inflateRecord } from "../../../core/sources/kinesis/gunzip";
import { kinesisRecord } from "../../../core/sources/kinesis/record";
import { CWL } from "../../support/layouts";

const all = [...corpora({}), ...[50, 140, 1000, 20_000].flatMap((size) => [textOfSize(size), jsonOfSize(size)])];

describe("batchOf", () => {
  it.each(all.map((corpus) => [corpus.name, corpus] as const))(
    "makes batches of %s that the fast path takes",
    (_, corpus) => {
      const { event, events } = batchOf(corpus, 2, 3);
      const records = event.Records.map(kinesisRecord);
      const taken = records.map((record, n) =>
        fastPathRecord(inflateRecord(record.data, 1e7), n, record, { indexLayouts: CWL }),
      );
      expect(taken.map((record) => record?.events)).toEqual([3, 3]);
      expect(events).toBe(6);
    },
  );

  it.each([50, 140, 1000, 20_000])("makes messages of about %d bytes", (bytes) => {
    for (const corpus of [textOfSize(bytes), jsonOfSize(bytes)]) {
      const { messageBytes, events } = batchOf(corpus, 1, 500);
      expect(Math.abs(messageBytes / events / bytes - 1)).toBeLessThan(0.5);
    }
  });
});

describe("largestBatch", () => {
  it("fills the largest payload of an invocation, and inflates to more than ten times of it", () => {
    const { event, inflatedBytes } = largestBatch(textOfSize(140));
    const payload = JSON.stringify(event).length;
    expect(payload).toBeLessThanOrEqual(6 * 1024 * 1024);
    expect(payload).toBeGreaterThan(5.5 * 1024 * 1024);
    expect(inflatedBytes / payload).toBeGreaterThan(10);
  });
});
