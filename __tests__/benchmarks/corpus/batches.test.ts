import { gunzipSync } from "node:zlib";
import { batchOf, largestBatch, type Turns } from "../../../benchmarks/corpus/batches";
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

describe("batchOf, turns", () => {
  const placesOf = (turns: Turns) =>
    batchOf(textOfSize(50), 4, 1, turns).event.Records.map(({ kinesis }) => {
      const { logGroup, logStream } = JSON.parse(gunzipSync(Buffer.from(kinesis.data, "base64")).toString());
      return [logGroup, logStream.at(-1)];
    });

  it("has log groups and log streams take turns, record by record", () => {
    expect(placesOf({ logGroups: 2, logStreams: 3 })).toEqual([
      ["/aws/lambda/checkout-0", "0"],
      ["/aws/lambda/checkout-1", "1"],
      ["/aws/lambda/checkout-0", "2"],
      ["/aws/lambda/checkout-1", "0"],
    ]);
  });

  it("has one log group, and a log stream for each record, by default", () => {
    const streams = ["0", "1", "2", "3"];
    expect(placesOf({})).toEqual(streams.map((stream) => ["/aws/lambda/checkout", stream]));
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
