import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { parseArchivedEnvelope } from "../../../../core/events/archived-envelope";
import { applicationEnvelope } from "../../../../core/sources/kinesis/application-record";
import type { DecodedEnvelope } from "../../../../core/sources/kinesis/decode";
import { decodeRecord } from "../../../../core/sources/kinesis/decode-record";
import { kinesisRecord } from "../../../../core/sources/kinesis/record";
import { ARRIVAL, eventId, kinesisStreamRecord } from "../../../support/kinesis";

const record = (data: Buffer | string) => kinesisRecord(kinesisStreamRecord(3, Buffer.from(data)));
const messages = (text: string) => applicationEnvelope(text, record(""), "").logEvents.map(({ message }) => message);

/** What the forwarder delivers and archives of a record. */
function decoded(data: Buffer | string): DecodedEnvelope {
  const [result] = decodeRecord(record(data), { recordMaxBytes: 1024 * 1024, timeField: "" });
  if (result?.kind !== "events") throw new Error(JSON.stringify(result));
  return result;
}

describe("applicationEnvelope", () => {
  it("reads each event's time from the configured field, and takes the arrival where there is none", () => {
    const lines = '{"at":1795230001}\n{"at":"soon"}\nplain';
    const times = applicationEnvelope(lines, record(""), "at").logEvents.map(({ timestamp }) => timestamp);
    expect(times).toEqual([1_795_230_001_000, ARRIVAL + 3, ARRIVAL + 3]);
  });

  it.each([
    ["ECS", '{"@timestamp":"2026-11-21T02:00:00.250Z","log.level":"info","message":"hi"}', "2026-11-21T02:00:00.250Z"],
    // com.kdgregory.logging's JsonLayout.
    [
      "log4j-aws-appenders",
      '{"level":"INFO","message":"hi","timestamp":"2026-11-21T02:00:00.251Z"}',
      "2026-11-21T02:00:00.251Z",
    ],
    [
      "a .NET or Python formatter",
      '{"Timestamp":"2026-11-21T02:00:00.252Z","Level":"Info"}',
      "2026-11-21T02:00:00.252Z",
    ],
    ["pino", `{"level":30,"time":${ARRIVAL - 3_600_000},"msg":"hi"}`, "2026-11-21T02:00:00.000Z"],
    ["two of them", '{"time":"2026-11-21T01:00:00Z","timestamp":"2026-11-21T02:00:00Z"}', "2026-11-21T02:00:00.000Z"],
    [
      "one that is a duration",
      '{"@timestamp":"soon","timestamp":12.5,"time":"2026-11-21T02:00:00Z"}',
      "2026-11-21T02:00:00.000Z",
    ],
    ["one that is too old", '{"timestamp":"1999-01-01T00:00:00Z"}', "2026-11-21T03:00:00.003Z"],
    ["a nested one", '{"context":{"timestamp":"2026-11-21T02:00:00Z"}}', "2026-11-21T03:00:00.003Z"],
  ])("reads the time where loggers write it, if no field is configured: %s", (_, line, time) => {
    const [event] = applicationEnvelope(line, record(""), "").logEvents;
    expect(new Date(event!.timestamp).toISOString()).toBe(time);
  });

  it("looks nowhere else if a field is configured", () => {
    const [event] = applicationEnvelope('{"timestamp":"2026-11-21T02:00:00Z"}', record(""), "at").logEvents;
    expect(event!.timestamp).toBe(ARRIVAL + 3);
  });

  it("keeps a line's own id if it has random bits enough, and gives every other line its place in the stream", () => {
    const ids = ["01KAJ9Y7TZ8Q4W6C2V0M5N1R3S", "9b2f1c1e-4f1a-4b7e-8c3d-0123456789ab", "7", eventId(1)];
    const lines = ids.map((id) => JSON.stringify({ "event.id": id })).join("\n");
    const { sequenceNumber } = record("");
    expect(applicationEnvelope(lines, record(""), "").logEvents.map(({ id }) => id)).toEqual([
      ...ids.slice(0, 2),
      ...[2, 3].map((position) => `shardId-000000000000:${sequenceNumber}:${position}`),
    ]);
  });

  it("makes an event of each line that is not blank", () => {
    expect(messages("ilikecats\n\nim an awesome log file\r\n  \nsearch me im a log")).toEqual([
      "ilikecats",
      "im an awesome log file",
      "search me im a log",
    ]);
  });

  it("makes one event of a JSON object, over however many lines", () => {
    const pretty = JSON.stringify({ level: "info", user: { id: 7 } }, null, 2);
    expect(messages(pretty)).toEqual([pretty]);
    expect(messages(`${pretty}\n${pretty}`).length).toBeGreaterThan(1);
  });

  it("makes no event of an empty record", () => {
    expect(messages(" \n")).toEqual([]);
  });

  it("names account, stream and shard", () => {
    expect(applicationEnvelope("x", record(""), "")).toMatchObject({
      owner: "111111111111",
      logGroup: "logging-pipeline_foo",
      logStream: "shardId-000000000000",
    });
  });
});

describe("a record that an application wrote", () => {
  it("gets ids from its place in the stream, and its arrival as time", () => {
    const { sequenceNumber } = record("");
    const id = (position: number) => `shardId-000000000000:${sequenceNumber}:${position}`;
    expect(decoded("a\nb").envelope.logEvents).toEqual([
      { id: id(0), timestamp: ARRIVAL + 3, message: "a" },
      { id: id(1), timestamp: ARRIVAL + 3, message: "b" },
    ]);
  });

  it("is archived as an envelope that a replay reads the same events from", () => {
    const line = fc.string({ unit: "grapheme", minLength: 1 }).map((text) => text.replace(/[\p{Cc}]/gu, "."));
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const { envelope, member } = decoded(gzipSync(lines.join("\n")));
        expect(parseArchivedEnvelope(gunzipSync(member).toString())).toEqual({ kind: "events", envelope });
      }),
    );
  });

  it("is archived with its bytes where they are no UTF-8", () => {
    const bytes = Buffer.from("caf\u00e9 latte", "latin1");
    const { envelope, member } = decoded(bytes);
    expect(envelope.logEvents[0]!.message).toBe("caf\ufffd latte");
    expect(JSON.parse(gunzipSync(member).toString())).toEqual({ ...envelope, record: bytes.toString("base64") });
  });
});
