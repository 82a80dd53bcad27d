import fc from "fast-check";
import { encodeObjectMessage, type ObjectToRead, parseObjectMessage } from "../../../../core/sources/s3/object-message";

/** Amazon S3 User Guide "Event message structure", with values of a real event. */
const record = (object: object, eventName = "ObjectCreated:Put", eventVersion = "2.1") => ({
  eventVersion,
  eventSource: "aws:s3",
  awsRegion: "us-west-2",
  eventTime: "1970-01-01T00:00:00.000Z",
  eventName,
  userIdentity: { principalId: "AIDAJDPLRKLG7UEXAMPLE" },
  requestParameters: { sourceIPAddress: "172.16.0.1" },
  responseElements: { "x-amz-request-id": "C3D13FE58DE4C810", "x-amz-id-2": "FMyUVURIY8/IgAtTv8xRjskZQpcIZ9KG" },
  s3: {
    s3SchemaVersion: "1.0",
    configurationId: "testConfigRule",
    bucket: { name: "amzn-s3-demo-bucket", ownerIdentity: { principalId: "A3NL1" }, arn: "arn:aws:s3:::amzn-s3" },
    object: {
      key: "HappyFace.jpg",
      size: 1024,
      eTag: "d41d8cd98f00b204e9800998ecf8427e",
      sequencer: "0055AED6",
      ...object,
    },
  },
});
const event = (...records: object[]) => JSON.stringify({ Records: records });

/** Amazon S3 User Guide "EventBridge event message structure". */
const EVENT_BRIDGE = {
  version: "0",
  id: "17793124-05d4-b198-2fde-7ededc63b103",
  "detail-type": "Object Created",
  source: "aws.s3",
  account: "111122223333",
  time: "2021-11-12T00:00:00Z",
  region: "ca-central-1",
  resources: ["arn:aws:s3:::amzn-s3-demo-bucket1"],
  detail: {
    version: "0",
    bucket: { name: "amzn-s3-demo-bucket1" },
    object: { key: "a+b%20c d", size: 5, etag: "b1946ac92492d2347c6235b4d2611184", sequencer: "617f08299329d189" },
    "request-id": "N4N7GDK58NMKJ12R",
    requester: "123456789012",
    "source-ip-address": "1.2.3.4",
    reason: "PutObject",
  },
};

const keysIn = (body: string): unknown => {
  const message = parseObjectMessage(body);
  return message.kind === "objects" ? message.objects.map(({ object }) => object.key) : message;
};

/** Amazon SNS Developer Guide "Amazon SNS message and JSON formats". */
const bySns = (message: string) =>
  JSON.stringify({
    Type: "Notification",
    MessageId: "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
    TopicArn: "arn:aws:sns:us-west-2:123456789012:MyTopic",
    Subject: "Amazon S3 Notification",
    Message: message,
    Timestamp: "2012-05-02T00:54:06.655Z",
    SignatureVersion: "1",
  });

describe("parseObjectMessage", () => {
  it("finds the object of an event of S3", () => {
    expect(parseObjectMessage(event(record({})))).toEqual({
      kind: "objects",
      objects: [
        {
          object: {
            bucket: "amzn-s3-demo-bucket",
            key: "HappyFace.jpg",
            etag: "d41d8cd98f00b204e9800998ecf8427e",
            size: 1024,
            region: "us-west-2",
          },
        },
      ],
      others: 0,
      unreadable: [],
    });
  });

  it.each([
    ["red+flower.jpg", "red flower.jpg"],
    ["Happy%20Face.jpg", "Happy Face.jpg"],
    ["a%2Bb%2525", "a+b%25"],
    ["%C3%BC/%E2%82%AC", "ü/€"],
    ["AWSLogs/1/elasticloadbalancing/x%3A%5B%3A%3A1%5D.gz", "AWSLogs/1/elasticloadbalancing/x:[::1].gz"],
  ])("decodes the key %s to %s", (key, decoded) => {
    expect(keysIn(event(record({ key })))).toEqual([decoded]);
  });

  it.each(
    ["%", "%zz", "%ff", "%C3", "%ED%A0%80", "", 5, null, "k".repeat(1025)].map((key) => [String(key).slice(0, 9), key]),
  )("names the reason for the key %s, and finds the other objects", (_, key) => {
    const message = parseObjectMessage(event(record({ key }), record({ key: "good" })));
    expect(message).toMatchObject({
      objects: [{ object: { key: "good" } }],
      unreadable: [expect.stringMatching(/^has an event of S3 that (names no key|has a key of more than 1024 bytes)$/)],
    });
  });

  it("accepts every minor version and way of creation, and counts events about something else", () => {
    const body = event(
      record({ key: "1" }, "ObjectCreated:CompleteMultipartUpload", "2.3"),
      record({ key: "2" }, "ObjectCreated:Copy", "2.9"),
      record({ key: "3" }, "s3:ObjectCreated:Post"),
      record({ key: "4" }, "ObjectRemoved:Delete"),
      { eventName: { toString: 1 } },
    );
    expect(keysIn(body)).toEqual(["1", "2", "3"]);
    expect(parseObjectMessage(body)).toMatchObject({ others: 2 });
  });

  it("finds the object of an event of EventBridge, whose key is not encoded", () => {
    expect(parseObjectMessage(JSON.stringify(EVENT_BRIDGE))).toMatchObject({
      objects: [{ object: { bucket: "amzn-s3-demo-bucket1", key: "a+b%20c d", size: 5, region: "ca-central-1" } }],
    });
    const deleted = JSON.stringify({ ...EVENT_BRIDGE, "detail-type": "Object Deleted" });
    expect(parseObjectMessage(deleted)).toMatchObject({ objects: [], others: 1 });
  });

  it("reads both through a topic of SNS", () => {
    expect(keysIn(bySns(event(record({ key: "a+b" }))))).toEqual(["a b"]);
    expect(keysIn(bySns(JSON.stringify(EVENT_BRIDGE)))).toEqual(["a+b%20c d"]);
    expect(parseObjectMessage(bySns("no JSON"))).toMatchObject({ kind: "unreadable" });
  });

  it("knows the test event, which names no object", () => {
    const body = {
      Service: "Amazon S3",
      Event: "s3:TestEvent",
      Time: "2014-10-13T15:57:02.089Z",
      Bucket: "amzn-s3-demo-bucket",
      RequestId: "5582815E1AEA5ADF",
      HostId: "8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3eKxsPzbB9wrR+YstdA6Knx4Ip8EXAMPLE",
    };
    expect(parseObjectMessage(JSON.stringify(body))).toEqual({ kind: "test" });
    expect(parseObjectMessage(bySns(JSON.stringify(body)))).toEqual({ kind: "test" });
  });

  it("has no quotes and capitals in an ETag, whichever service wrote it", () => {
    const etags = ['"D41D8CD98F00B204E9800998ECF8427E-12"', "d41d8cd98f00b204e9800998ecf8427e-12"].map((eTag) =>
      parseObjectMessage(event(record({ eTag }))),
    );
    for (const etag of etags) {
      expect(etag).toMatchObject({ objects: [{ object: { etag: "d41d8cd98f00b204e9800998ecf8427e-12" } }] });
    }
  });

  it.each([
    ["", "is no JSON object"],
    ["[]", "is no JSON object"],
    ["{}", "is no event of S3, of EventBridge about S3, and no message of our own"],
    [event(record({ eTag: "x y" })), "has an event of S3 that names no ETag"],
    [event({ ...record({}), s3: { bucket: { name: "../x" } } }), "has an event of S3 that names no bucket"],
    ['{"accessLogs":{"bucket":"buc","key":"k"}}', "is a message of our own that names no ETag"],
    [
      '{"accessLogs":{"bucket":"buc","key":"k","etag":"e","position":{}}}',
      "is a message of our own whose position is none",
    ],
    [
      '{"accessLogs":{"bucket":"buc","key":"\\ud800","etag":"e"}}',
      "is a message of our own that has a key that is no Unicode",
    ],
  ])("gives the reason for message %#", (body, reason) => {
    const message = parseObjectMessage(body);
    expect(message.kind === "unreadable" ? message.reason : message).toEqual(
      message.kind === "unreadable" ? reason : expect.objectContaining({ objects: [], unreadable: [reason] }),
    );
  });

  it("throws for no body", () => {
    const anyMember = fc.oneof(fc.jsonValue(), fc.constant({ toString: 1, valueOf: 2 }));
    const names = ["Records", "Event", "source", "detail-type", "detail", "Type", "Message", "accessLogs", "position"];
    const hostile = fc.dictionary(fc.constantFrom(...names), fc.oneof(anyMember, fc.array(anyMember)));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          hostile.map((value) => JSON.stringify(value)),
        ),
        (body) => {
          expect(["objects", "test", "unreadable"]).toContain(parseObjectMessage(body).kind);
        },
      ),
    );
  });
});

const natural = fc.maxSafeNat();
const header = fc.record({
  format: fc.constantFrom("cloudfront_access" as const, "vpc_flow" as const),
  fields: fc.array(fc.string({ minLength: 1, maxLength: 20, unit: "grapheme" }), { minLength: 1, maxLength: 60 }),
});
const toRead: fc.Arbitrary<ObjectToRead> = fc.record(
  {
    object: fc.record(
      {
        bucket: fc.stringMatching(/^[a-z0-9][a-z0-9.-]{2,61}$/),
        key: fc.string({ minLength: 1, maxLength: 200, unit: "binary" }).filter((key) => key.isWellFormed()),
        etag: fc.stringMatching(/^[0-9a-f]{32}(-[1-9]\d{0,3})?$/),
        size: natural,
        region: fc.constantFrom("eu-central-1", "us-gov-west-1", "cn-north-1"),
      },
      { requiredKeys: ["bucket", "key", "etag"] },
    ),
    position: fc.oneof(
      fc.record(
        {
          line: natural,
          offset: natural,
          skip: natural,
          isGzip: fc.constant(true),
          form: fc.constantFrom(
            "lines" as const,
            "values" as const,
            "array" as const,
            "records" as const,
            "members" as const,
          ),
          header,
        },
        { requiredKeys: ["line", "offset", "skip", "isGzip", "form"] },
      ),
      fc.record({
        line: natural,
        offset: natural,
        skip: fc.constant(0),
        isGzip: fc.constant(false),
        form: fc.constant("lines" as const),
        within: fc.record({ offset: natural, skip: natural, length: natural }),
      }),
    ),
  },
  { requiredKeys: ["object"] },
);

describe("encodeObjectMessage", () => {
  it("writes what parseObjectMessage reads, in characters that SQS accepts", () => {
    fc.assert(
      fc.property(toRead, (given) => {
        const body = encodeObjectMessage(given);
        expect(body).toMatch(/^[\x20-\x7e]+$/);
        expect(parseObjectMessage(body)).toEqual({ kind: "objects", objects: [given], others: 0, unreadable: [] });
      }),
    );
  });
});
