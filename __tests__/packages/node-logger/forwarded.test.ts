import { gzipSync } from "node:zlib";
import { ownIdIn } from "../../../core/events/own-id";
import { decodeRecord, envelopesIn } from "../../../core/sources/kinesis/decode-record";
import { kinesisRecord } from "../../../core/sources/kinesis/record";
import type { LineFormat } from "../../../packages/node-logger/src";
import { LineWriter } from "../../../packages/node-logger/src/line/line-writer";
import { kinesisStreamRecord } from "../../support/kinesis";

const MIB = 1024 * 1024;

/** Lines with all that could be taken for something else: envelopes, base64, line ends, other ids. */
function linesOf(format: LineFormat): string[] {
  const writer = new LineWriter({ format });
  const messages = ["plain", "line\r\nend\u2028\u2029", '{"messageType":"DATA_MESSAGE","logEvents":[]}', "H4sIAAAA"];
  const fields = { messageType: "DATA_MESSAGE", owner: "1", logGroup: "g", logStream: "s", event: { id: "other" } };
  return messages.map((message) => writer.write({ time: Date.now(), level: "info", message, fields }).text);
}

/** The events that the forwarder finds in a record. */
function eventsIn(data: Buffer, recordMaxBytes = 32 * MIB) {
  const record = kinesisRecord(kinesisStreamRecord(0, data));
  return envelopesIn(decodeRecord(record, { recordMaxBytes, timeField: "" })).flatMap(({ logEvents }) => logEvents);
}

describe.each<LineFormat>(["ecs", "plain"])("a record of lines in the format %s", (format) => {
  const lines = linesOf(format);
  const packed = Buffer.from(lines.map((line) => `${line}\n`).join(""));

  it.each<[string, Buffer]>([
    ["as it is", packed],
    ["as gzip", gzipSync(packed)],
  ])("is read by the forwarder line by line, each with its own id: %s", (_, data) => {
    const events = eventsIn(data);
    expect(events.map(({ message }) => message)).toEqual(lines);
    expect(events.map(({ id }) => id)).toEqual(lines.map(ownIdIn));
  });

  it.each([[(data: Buffer) => data], [gzipSync]])("may have one line alone", (compress) => {
    const [event, ...others] = eventsIn(compress(Buffer.from(`${lines[0]}\n`)));
    expect(event).toMatchObject({ id: ownIdIn(lines[0]!) });
    expect(others).toEqual([]);
  });
});

describe("gzip that inflates to more than the forwarder takes", () => {
  it("is no events, and takes no memory", () => {
    expect(eventsIn(gzipSync(Buffer.alloc(64 * MIB, "{}\n")), 2 * MIB)).toEqual([]);
  });
});
