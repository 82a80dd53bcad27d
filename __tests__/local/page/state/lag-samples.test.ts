import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { documentId, objectIdSuffix } from "../../../../core/events/document-id";
import { encodeObjectMessage } from "../../../../core/sources/s3/object-message";
import { LagSamples, sampleQuantile } from "../../../../local/page/state/lag-samples";
import { CONTROL_MESSAGE, eventId } from "../../../support/kinesis";

const LANE = "arn:aws:kinesis:eu-central-1:123456789012:stream/foo";
const QUEUE = "arn:aws:sqs:eu-central-1:123456789012:logs";
const group = { owner: "123456789012", logGroup: "foo" };
const [one, two] = [eventId(1), eventId(2)];

const put = (text: Buffer | string, arrivedMs: number) => ({
  ...{ eventSourceARN: LANE, eventID: "shardId-000000000000:7", awsRegion: "eu-central-1" },
  kinesis: {
    data: Buffer.from(text).toString("base64"),
    ...{ approximateArrivalTimestamp: arrivedMs / 1_000, sequenceNumber: "7", partitionKey: "a" },
  },
});
const record = (id: string, arrivedMs: number, more: object = {}) => {
  const logEvents = [{ id, timestamp: arrivedMs, message: "a" }];
  const envelope = { messageType: "DATA_MESSAGE", ...group, logStream: "s", subscriptionFilters: [], logEvents };
  return put(gzipSync(JSON.stringify({ ...envelope, ...more })), arrivedMs);
};
const control = put(gzipSync(JSON.stringify(CONTROL_MESSAGE)), 1_000);

const object = { bucket: "logs", key: "AWSLogs/a b+ü%<img>\u2028.gz", etag: "0a1b" };
const eventOf = (more: object = {}, key = object.key) => ({
  ...{ eventName: "ObjectCreated:Put", eventTime: "1970-01-01T00:00:10.250Z", awsRegion: "eu-central-1" },
  s3: {
    bucket: { name: object.bucket },
    object: { key: encodeURIComponent(key).replaceAll("%20", "+"), eTag: object.etag, size: 5 },
  },
  ...more,
});
const message = (body: unknown, sentMs = 10_300) => ({
  ...{ eventSourceARN: QUEUE, body: typeof body === "string" ? body : JSON.stringify(body) },
  attributes: { SentTimestamp: String(sentMs) },
});
const idOf = (line: number, of = object) => line + objectIdSuffix(of);

describe("LagSamples", () => {
  let samples: LagSamples;
  beforeEach(() => {
    samples = new LagSamples();
  });

  describe("of a stream", () => {
    it("takes an event of each batch, and measures until it is found, whatever became of the batch meanwhile", () => {
      const batch = { Records: [record(one, 10_000), record(two, 11_000)] };
      samples.invoked(batch, 12_000);
      samples.invoked(batch, 13_000);
      expect(samples.waiting).toEqual([documentId(one, group)]);
      expect(samples.iteratorAgeOf(LANE, 13_000)).toBe(2_000);
      expect(samples.iteratorAgeOf(LANE, 80_000)).toBeUndefined();
      samples.found([], 14_000);
      expect(samples.lagsOf(LANE)).toEqual([]);
      samples.found([documentId(one, group), "other"], 15_500);
      expect(samples.lagsOf(LANE)).toEqual([5_500]);
      expect([samples.lagsOf(LANE, 15_499), samples.lagsOf(LANE, 15_500), samples.lagsOf(QUEUE)]).toEqual([
        ...[[5_500], [], []],
      ]);
      // It is delivered again.
      samples.invoked(batch, 16_000);
      expect(samples.waiting).toEqual([]);
    });

    it("looks further where a batch begins with a control message", () => {
      samples.invoked({ Records: [control, record(one, 1_000), record(two, 1_000)] }, 2_000);
      expect(samples.waiting).toEqual([documentId(one, group)]);
    });

    it("takes what an application put by the id that its document gets", () => {
      samples.invoked({ Records: [put('\n{"message":"a"}\n{"message":"b"}\n', 1_000)] }, 2_000);
      expect(samples.waiting).toEqual([documentId("shardId-000000000000:7:0", group)]);
    });

    it("forgets samples after five minutes, found or not, however old an event was when it came", () => {
      samples.invoked({ Records: [record(one, 0)] }, 900_000);
      samples.invoked({ Records: [record(two, 0)] }, 900_000);
      samples.found([documentId(one, group)], 901_000);
      expect(samples.lagsOf(LANE)).toEqual([901_000]);
      samples.found([], 1_200_000);
      expect(samples.waiting).toEqual([documentId(two, group)]);
      samples.found([], 1_201_001);
      expect(samples.waiting).toEqual([]);
      expect(samples.lagsOf(LANE)).toEqual([]);
    });

    it("keeps room for other lanes beside one whose samples never come", () => {
      for (let n = 0; n < 200; n++) samples.invoked({ Records: [record(eventId(n), 0)] }, 0);
      expect(samples.waiting).toHaveLength(20);
      samples.invoked({ Records: [message({ Records: [eventOf()] })] }, 0);
      expect(samples.waiting).toContain(idOf(0));
    });
  });

  describe("of access logs", () => {
    it("measures from when S3 has stored the object until one of its first lines is found", () => {
      const older = eventOf({}, "older");
      samples.invoked({ Records: [message({ Records: [eventOf(), older] }), message({ Records: [older] })] }, 11_000);
      expect(samples.waiting).toEqual([0, 1, 2, 3, 4].map((line) => idOf(line)));
      expect(samples.iteratorAgeOf(QUEUE, 11_000)).toBe(700);
      // The first ones name its fields.
      samples.found([idOf(2), idOf(3)], 13_250);
      expect(samples.lagsOf(QUEUE)).toEqual([3_000]);
      expect(samples.waiting).toEqual([]);
    });

    it("reads what SNS and EventBridge make of the event", () => {
      const detail = { bucket: { name: "logs" }, object: { key: "b c", etag: "0a1b", size: 1 } };
      const event = { source: "aws.s3", "detail-type": "Object Created", time: "1970-01-01T00:00:01Z", detail };
      const wrapped = { Type: "Notification", Message: JSON.stringify({ Records: [eventOf()] }) };
      samples.invoked({ Records: [message(event)] }, 11_000);
      samples.invoked({ Records: [message(wrapped)] }, 11_000);
      samples.found([idOf(0), idOf(0, { ...object, key: "b c" })], 12_000);
      expect(samples.lagsOf(QUEUE)).toEqual([11_000, 1_750]);
    });

    it("looks for the document of an object with any key", () => {
      const any = fc.string({ unit: "binary", minLength: 1, maxLength: 200 });
      fc.assert(
        fc.property(any, (key) => {
          const samples = new LagSamples();
          samples.invoked({ Records: [message({ Records: [eventOf({}, key)] })] }, 11_000);
          expect(samples.waiting[0]).toBe(idOf(0, { ...object, key }));
        }),
      );
    });
  });

  describe("of Firehose", () => {
    const arn = "arn:aws:firehose:eu-central-1:123456789012:deliverystream/a";
    const records = [1_000, 2_000, 3_000, 4_000].map((arrivedAt, n) => ({ documentId: `id${n}`, arrivedAt }));

    it("measures until the records are in S3, by the first, the middle and the last one", () => {
      const inS3 = records.map(({ arrivedAt }) => ({ arrivedAt, documentId: undefined }));
      samples.delivered({ arn, isSearched: false, records: inS3 }, 5_000);
      samples.delivered({ arn, isSearched: false, records: inS3.slice(0, 1) }, 6_000);
      expect(samples.waiting).toEqual([]);
      expect(samples.lagsOf(arn)).toEqual([4_000, 2_000, 1_000, 5_000]);
    });

    it("measures until a search finds the documents, where they have ids", () => {
      samples.delivered({ arn, isSearched: true, records }, 5_000);
      expect(samples.waiting).toEqual(["id0", "id2", "id3"]);
      samples.found(["id0", "id3"], 6_500);
      expect(samples.lagsOf(arn)).toEqual([5_500, 2_500]);
      samples.delivered({ arn, isSearched: true, records: [{ documentId: undefined, arrivedAt: 1 }] }, 7_000);
      expect(samples.waiting).toEqual(["id2"]);
    });

    it("has the age of the oldest of the records that the function is invoked with", () => {
      const event = { deliveryStreamArn: arn, records: [{ approximateArrivalTimestamp: 3_000, data: "" }, {}, null] };
      samples.invoked(event, 5_000);
      expect(samples.iteratorAgeOf(arn, 5_000)).toBe(2_000);
      expect(samples.waiting).toEqual([]);
    });
  });

  const huge = "a".repeat(70_000);
  it.each([
    ["nothing", undefined],
    ["no records", { Records: {} }],
    ["records that are none", { Records: [null, 1, { eventSourceARN: 1 }, { eventSourceARN: LANE }] }],
    ["a record without its place", { Records: [{ eventSourceARN: LANE, kinesis: { data: "AAAA" } }] }],
    ["what is no gzip", { Records: [put(Buffer.from("H4sIAAAA", "base64"), 1)] }],
    ["a control message", { Records: [control] }],
    ["a large record", { Records: [put(huge, 1)] }],
    ["a body that is no text", { Records: [{ ...message(""), body: { Records: [] } }] }],
    ["a body that is no JSON", { Records: [message("{")] }],
    ["a large message", { Records: [message({ Records: [eventOf()], huge })] }],
    ["a test event", { Records: [message({ Event: "s3:TestEvent", time: "1970-01-01T00:00:01Z" })] }],
    ["a deletion", { Records: [message({ Records: [eventOf({ eventName: "ObjectRemoved:Delete" })] })] }],
    ["an event without its time", { Records: [message({ Records: [eventOf({ eventTime: 1 })] })] }],
    ["an event of another time", { Records: [message({ Records: [eventOf({ eventTime: "yesterday" })] })] }],
    ["an event without its object", { Records: [message({ Records: [eventOf({ s3: [] }), null, 5] })] }],
    ["a message of the function's own", { Records: [message(encodeObjectMessage({ object }))] }],
    ["SNS's message that is no text", { Records: [message({ Type: "Notification", Message: { a: 1 } })] }],
    ["a deep message", { Records: [message(`{"Records":[{"a":${"[".repeat(30_000)}${"]".repeat(30_000)}}]}`)] }],
  ])("takes no sample of %s", (_, event) => {
    samples.invoked(event, 2_000);
    expect(samples.waiting).toEqual([]);
  });

  it("has quantiles of values in any order", () => {
    expect(sampleQuantile([], 0.5)).toBeUndefined();
    expect([sampleQuantile([3, 1, 2], 0.5), sampleQuantile([3, 1, 2], 0.95), sampleQuantile([3, 1, 2], 0)]).toEqual([
      2, 3, 1,
    ]);
  });
});
