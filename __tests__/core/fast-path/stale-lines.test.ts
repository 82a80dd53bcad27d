import { gzipSync } from "node:zlib";
import { EnvelopeEncoder } from "../../../core/fast-path/envelope-encoder";
import { fastPathRecord } from "../../../core/fast-path/fast-path-record";
import { StaleLinesError } from "../../../core/fast-path/stale-lines-error";
import { kinesisBatch } from "../../../core/pipelines/kinesis-to-opensearch";
import { kinesisProgress } from "../../../core/pipelines/record-progress";
import { type Lines, pack } from "../../../core/sinks/opensearch/pack";
import { inflateRecord } from "../../../core/sources/kinesis/gunzip";
import { kinesisRecord } from "../../../core/sources/kinesis/record";
import { envelope, kinesisStreamRecord, logEvent } from "../../support/kinesis";
import { CWL } from "../../support/layouts";

const MIB = 1024 * 1024;

/** Opens a record of `count` events, which takes the encoder's memory away from all others. */
function open(record: number, text: string, count = 1) {
  const data = gzipSync(JSON.stringify(envelope([...Array(count).keys()].map((n) => logEvent(n, text)))));
  const origin = kinesisRecord(kinesisStreamRecord(record, data));
  return fastPathRecord(inflateRecord(data, 64 * MIB), record, origin, { indexLayouts: CWL })!;
}

/** A record whose lines fill the encoder's memory several times. */
const openLong = (record: number, letter: string) => open(record, letter.repeat(100_000), 60);

/** The messages in `lines`. */
const messages = ({ buffer, ends }: Lines): string[] =>
  buffer
    .toString("utf8", 0, ends[ends.length - 1])
    .split("\n")
    .filter((_, line) => line % 2 === 1)
    .map((document) => JSON.parse(document).message);

const staleLinesOf = (record: number) => {
  const error = new StaleLinesError(record);
  expect(error.message).toContain(`record ${record} `);
  return error;
};

describe("a record's encoded lines", () => {
  it("throw after another record was opened", () => {
    const [lines] = open(3, "first").lines();
    expect(messages(lines!)).toEqual(["first"]);
    open(4, "second");
    expect(() => lines!.buffer).toThrow(staleLinesOf(3));
    expect(() => lines!.ends).toThrow(staleLinesOf(3));
  });

  it("throw for a consumer that asks for them only then", () => {
    const first = open(3, "first");
    open(4, "second");
    expect(() => [...pack(first.lines(), MIB)]).toThrow(staleLinesOf(3));
  });

  it("throw after a record was opened that the memory had to grow for", () => {
    const [lines] = open(3, "first").lines();
    open(4, "second".repeat(1000), 2000);
    expect(() => lines!.buffer).toThrow(staleLinesOf(3));
  });

  it("throw after an envelope was opened that turned out not to be canonical", () => {
    const [lines] = open(3, "first").lines();
    const data = gzipSync(JSON.stringify(envelope([logEvent(1), { ...logEvent(2), id: "7" }])));
    const other = kinesisRecord(kinesisStreamRecord(4, data));
    expect(fastPathRecord(inflateRecord(data, MIB), 4, other, { indexLayouts: CWL })).toBeUndefined();
    expect(() => lines!.buffer).toThrow(staleLinesOf(3));
  });

  it("stay usable after an envelope whose head is not canonical: it is not opened", () => {
    const [lines] = open(3, "first").lines();
    const data = gzipSync('{"messageType":"CONTROL_MESSAGE"}');
    const other = kinesisRecord(kinesisStreamRecord(4, data));
    expect(fastPathRecord(inflateRecord(data, MIB), 4, other, { indexLayouts: CWL })).toBeUndefined();
    expect(messages(lines!)).toEqual(["first"]);
  });
});

describe("a long record's encoded lines", () => {
  it("are the same each time they are asked for from the beginning", () => {
    const record = openLong(3, "a");
    const [once, twice] = [record, record].map(({ lines }) => [...lines()].map(({ position }) => position));
    expect(once!.length).toBeGreaterThan(2);
    expect(twice).toEqual(once);
  });

  it("throw after the next ones were asked for", () => {
    const lines = openLong(3, "a").lines()[Symbol.iterator]();
    const first: Lines = lines.next().value;
    lines.next();
    expect(() => first.buffer).toThrow(staleLinesOf(3));
  });

  it("do not begin after another record was opened", () => {
    const lines = openLong(3, "a").lines()[Symbol.iterator]();
    open(4, "second");
    expect(() => lines.next()).toThrow(staleLinesOf(3));
  });

  it("do not go on after another record was opened, long or short", () => {
    for (const openNext of [open, openLong]) {
      const lines = openLong(3, "a").lines()[Symbol.iterator]();
      lines.next();
      openNext(4, "b");
      expect(() => lines.next()).toThrow(staleLinesOf(3));
    }
  });

  it("do not go on after they were begun again elsewhere", () => {
    const record = openLong(3, "a");
    const [one, other] = [record.lines()[Symbol.iterator](), record.lines()[Symbol.iterator]()];
    one.next();
    other.next();
    expect(() => one.next()).toThrow(staleLinesOf(3));
    expect(messages(other.next().value)[0]).toMatch(/^a+$/);
  });
});

describe("kinesisBatch", () => {
  it("throws when another batch is read in between, and sends none of its events for its own", () => {
    const settings = { indexLayouts: CWL, recordMaxBytes: 64 * MIB, timeField: "", fastPath: true };
    const [one, other] = ["a", "b"].map((letter) => {
      const data = gzipSync(JSON.stringify(envelope(Array(60).fill(logEvent(1, letter.repeat(100_000))))));
      const { records } = kinesisProgress([kinesisRecord(kinesisStreamRecord(1, data))]);
      return pack(kinesisBatch(records, settings, () => 1).lines(), MIB);
    });
    const requests = [one!.next().value];
    other!.next();
    expect(() => requests.push(...one!)).toThrow(StaleLinesError);
    for (const { buffer, ends } of requests)
      expect(messages({ record: 0, position: 0, buffer, ends }).join("")).toMatch(/^a+$/);
  });
});

describe("the encoder", () => {
  it("has no lines after the last ones, instead of the last ones again", () => {
    const encoder = new EnvelopeEncoder();
    const bytes = Buffer.from(JSON.stringify(envelope([logEvent(1)])));
    const last = encoder.encodeFirst(encoder.open(bytes, 3, kinesisRecord(kinesisStreamRecord(3, bytes)), CWL)!)!;
    expect(last.isLast).toBe(true);
    expect(() => encoder.encodeNext(last)).toThrow("record 3 of the batch has no further events");
  });
});
