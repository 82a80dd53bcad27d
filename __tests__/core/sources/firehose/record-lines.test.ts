import { gzipSync } from "node:zlib";
import { recordLines } from "../../../../core/sources/firehose/record-lines";
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
    ["gzip that inflates to more than 4 MiB", gzipSync(Buffer.alloc(4 * 1024 * 1024 + 1, "a")), /more than 4194304/],
    ["an aggregate", Buffer.from([0xf3, 0x89, 0x9a, 0xc2, 0x0a, 0x01, 0x61]), /aggregate.*RecordDeAggregation/],
  ])("refuses %s", (_, data, reason) => {
    expect(search(data)).toEqual(failing(reason));
  });

  it("quotes nothing of a record in its reason", () => {
    for (const data of ["secret\nsecret", `secret\n${JSON.stringify(ENVELOPE)}`, "\x1f\x8bsecret", "\0\0secret"]) {
      expect(JSON.stringify(search(Buffer.from(data, "latin1")))).not.toContain("secret");
    }
  });
});
