import crypto from "node:crypto";
import zlib from "node:zlib";
import { batchOf } from "../../../benchmarks/corpus/batches";
import { jsonOfSize, textOfSize } from "../../../benchmarks/corpus/corpora";
import { batchProgress, bodiesOf, core, floor, leanFloor } from "../../../benchmarks/subjects/core";

const { event, events } = batchOf(jsonOfSize(140), 3, 4);

afterEach(() => {
  jest.restoreAllMocks();
});

describe("bodiesOf", () => {
  it("builds two lines for each event", () => {
    const lines = bodiesOf(batchProgress(event.Records)).map((body) => body.toString().split("\n").length - 1);
    expect(lines).toEqual([2 * events]);
  });

  it("copies each body, because the forwarder reuses its buffers", () => {
    const large = batchOf(textOfSize(20_000), 2, 400);
    const bodies = bodiesOf(batchProgress(large.event.Records));
    expect(bodies.length).toBeGreaterThan(2);
    const ids = new Set(bodies.flatMap((body) => body.toString().match(/"_id":"\d{56}\./g)));
    expect(ids.size).toBe(large.events);
  });
});

describe("core", () => {
  it("hashes each body and signs it", () => {
    const createHash = jest.spyOn(crypto, "createHash");
    const createHmac = jest.spyOn(crypto, "createHmac");
    core(event);
    expect(createHash).toHaveBeenCalledWith("sha256");
    expect(createHmac).toHaveBeenCalled();
  });
});

describe("floor", () => {
  it("inflates each record with Node.js's defaults, and hashes each body", () => {
    const gunzipSync = jest.spyOn(zlib, "gunzipSync");
    const createHash = jest.spyOn(crypto, "createHash");
    floor(event, [Buffer.from("a"), Buffer.from("b")]);
    expect(gunzipSync.mock.calls).toEqual(event.Records.map(({ kinesis }) => [Buffer.from(kinesis.data, "base64")]));
    expect(createHash.mock.calls).toEqual([["sha256"], ["sha256"]]);
  });
});

describe("leanFloor", () => {
  const inflatedSizes = (batch: typeof event) => {
    const gunzipSync = jest.spyOn(zlib, "gunzipSync");
    leanFloor(batch, []);
    return gunzipSync.mock.results.map(({ value }) => (value as Buffer).length);
  };

  it("inflates all records, by one inflater for those of 4 MiB together, and hashes each body", () => {
    const { event: large, inflatedBytes } = batchOf(textOfSize(20_000), 700, 1);
    const sizes = inflatedSizes(large);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(inflatedBytes);
    expect(sizes.length).toBe(Math.ceil(inflatedBytes / (4 * 1024 * 1024)));
    const createHash = jest.spyOn(crypto, "createHash");
    leanFloor(event, [Buffer.from("a"), Buffer.from("b")]);
    expect(createHash.mock.calls).toEqual([["sha256"], ["sha256"]]);
  });

  it.each([8, 4])("checks CRC and size of each record, %d bytes before its end", (fromEnd) => {
    const [first, ...others] = batchOf(jsonOfSize(140), 3, 4).event.Records;
    const data = Buffer.from(first!.kinesis.data, "base64");
    data[data.length - fromEnd]! ^= 1;
    const broken = { ...first!, kinesis: { ...first!.kinesis, data: data.toString("base64") } };
    expect(() => leanFloor({ Records: [broken, ...others] }, [])).toThrow(/incorrect (data|length) check/);
  });
});
