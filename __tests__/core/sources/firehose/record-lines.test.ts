import { gzipSync } from "node:zlib";
import { BatchInflation, recordLines } from "../../../../core/sources/firehose/record-lines";
import { CONTROL_MESSAGE, envelope, logEvent } from "../../../support/kinesis";

const search = (data: Buffer | string) => recordLines(Buffer.from(data), "search");
const s3 = (data: Buffer | string) => recordLines(Buffer.from(data), "s3");
const lines = (...texts: string[]) => ({ kind: "lines", lines: texts });
const failing = (reason: RegExp) => ({ kind: "undecodable", reason: expect.stringMatching(reason) });

const ENVELOPE = envelope([logEvent(1)]);
const PRETTY = JSON.stringify({ level: "info", user: { id: 7 } }, null, 2);

describe("recordLines", () => {
  it.each([
    ["a JSON object", '{"a":1}', '{"a":1}'],
    ["one that a line break ends, as agents write it", '{"a":1}\n', '{"a":1}\n'],
    ["one over several lines", PRETTY, PRETTY],
    ["a line of text", "GET / 200\r\n", "GET / 200"],
    ["gzip", gzipSync('{"a":1}'), '{"a":1}'],
  ])("takes %s for one event", (_, data, line) => {
    expect(search(data)).toEqual(lines(line));
    expect(s3(data)).toEqual(lines(line));
  });

  it("takes each line of a record for one, where Firehose delivers to S3, and refuses several where it delivers to search", () => {
    const data = '{"a":1}\n\n{"a":2}\nthree\n';
    expect(s3(data)).toEqual(lines('{"a":1}', '{"a":2}', "three"));
    expect(s3(gzipSync(data))).toEqual(lines('{"a":1}', '{"a":2}', "three"));
    expect(search(data)).toEqual(failing(/several lines.* one document for each record/));
  });

  it.each([
    ["alone", JSON.stringify(ENVELOPE)],
    ["gzipped", gzipSync(JSON.stringify(ENVELOPE))],
    ["beside other lines", `{"a":1}\n${JSON.stringify(ENVELOPE)}`],
  ])("refuses events of CloudWatch Logs, %s, and names the forwarder", (_, data) => {
    expect(s3(data)).toEqual(failing(/CloudWatch Logs.*forwarder/));
  });

  it("drops the message by which CloudWatch Logs checks a stream, and nothing that resembles it", () => {
    const control = JSON.stringify(CONTROL_MESSAGE);
    expect(search(gzipSync(control))).toEqual(lines());
    expect(search(control)).toEqual(lines(control));
  });

  it("finds no event in a blank record", () => {
    for (const data of ["", " \n\t\r\n"]) expect(search(data)).toEqual(lines());
  });

  it.each([
    ["bytes that are no text", Buffer.from([0, 1, 2, 255]), /neither gzip nor text/],
    ["gzip that breaks off", gzipSync("a".repeat(100)).subarray(0, 20), /begins as gzip/],
    ["gzip that inflates to more than 1,000 KiB", gzipSync(Buffer.alloc(1_024_001, "a")), /more than 1024000/],
    ["JSON of too many levels", `${'{"a":'.repeat(1_001)}1${"}".repeat(1_001)}`, /more than 1000 levels/],
    ["JSON of too many values", `{"a":[${"1,".repeat(100_000)}1]}`, /100000 values/],
    ["an aggregate", Buffer.from([0xf3, 0x89, 0x9a, 0xc2, 0x0a, 0x01, 0x61]), /aggregate.*RecordDeAggregation/],
  ])("refuses %s", (_, data, reason) => {
    expect(search(data)).toEqual(failing(reason));
  });

  it("takes an object of as many levels as it may have, brackets in texts not counted", () => {
    const data = `${'{"a":'.repeat(1_000)}"\\"${"{".repeat(2_000)}"${"}".repeat(1_000)}`;
    expect(search(data)).toEqual(lines(data));
  });

  it("counts the levels and values of each line, and the lines", () => {
    expect(s3('{"a":1,"b":2}\n'.repeat(60_000))).toMatchObject({ kind: "lines" });
    expect(s3(`{"a":1}\n${"[".repeat(1_001)}`)).toEqual(failing(/1000 levels/));
    expect(s3("a\n".repeat(100_001))).toEqual(failing(/more than 100000 lines/));
  });

  it("inflates 16 MiB of a batch, and still reads what is not gzipped", () => {
    const inflation = new BatchInflation();
    const data = gzipSync("a".repeat(1_024_000));
    const read = Array.from({ length: 20 }, () => recordLines(data, "search", inflation).kind);
    expect(read.filter((kind) => kind === "lines")).toHaveLength(16);
    expect(recordLines(gzipSync("a"), "search", inflation)).toEqual(failing(/inflate to all that a batch may/));
    expect(recordLines(Buffer.from("a"), "search", inflation)).toEqual(lines("a"));
  });

  it("quotes nothing of a record in its reason", () => {
    for (const data of ["secret\nsecret", `secret\n${JSON.stringify(ENVELOPE)}`, "\x1f\x8bsecret", "\0\0secret"]) {
      expect(JSON.stringify(search(Buffer.from(data, "latin1")))).not.toContain("secret");
    }
  });
});
