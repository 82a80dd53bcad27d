import type { SQSEvent, SQSRecord } from "aws-lambda";
import { ObjectParsing } from "../../core/pipelines/object-parsing";
import type { RuleSet } from "../../core/rules/rule-set";
import type { AccessLogSource } from "../../core/settings/access-log-sources";
import type { ObjectChunk } from "../../core/sources/s3/object-chunk";
import { SourceObjectError } from "../../core/sources/s3/object-error";
import { encodeObjectMessage, type ObjectToRead } from "../../core/sources/s3/object-message";
import type { ObjectPosition } from "../../core/sources/s3/object-position";
import type { OpenSourceObject } from "../../core/sources/s3/object-reader";
import type { AccessLogsIo } from "../../functions/access-logs/io";
import { MemoryBucket } from "./bucket";
import { FakeClock } from "./clock";
import { FakeServer } from "./fake-server";
import { CWL } from "./layouts";
import { SearchEngine } from "./search-engine";

export const WRITTEN = Date.parse("2026-11-27T03:05:00Z");
export const SENT = Date.parse("2026-11-27T04:00:00Z");
export const SOURCE_BUCKET = "my-logs";
export const QUEUE_URL = "https://sqs.eu-central-1.amazonaws.com/111111111111/access-logs";

/** An object of the fake source bucket. `TOO_LONG` stands for a line that is. */
export interface FakeObject {
  lines: readonly string[];
  etag: string;
  /** Thrown when all lines are read, or in their place. */
  error?: SourceObjectError | undefined;
}

export const TOO_LONG = "\0too long";

/** Reads objects from memory, in chunks of so many lines, as the reader of S3 does. */
export class MemoryObjects {
  readonly objects = new Map<string, FakeObject>();
  /** Of each object that was opened, the key and the line. */
  readonly opened: [key: string, line: number][] = [];
  /** Runs before an object is opened, and before each chunk. */
  before: (key: string) => void | Promise<void> = () => {};

  constructor(readonly chunkLines = 3) {}

  readonly open: OpenSourceObject = this.opener((key) => this.before(key));

  /** @param before runs before an object is opened, and before each chunk */
  opener(before: (key: string) => void | Promise<void>): OpenSourceObject {
    return async ({ object: { key, etag }, position }) => {
      this.opened.push([key, position?.line ?? 0]);
      await before(key);
      const object = this.objects.get(key);
      if (!object) throw new SourceObjectError("UNEXPECTED_RESPONSE", "quarantined", "404 NoSuchKey");
      if (object.etag !== etag) throw new SourceObjectError("UNEXPECTED_RESPONSE", "quarantined", "412 overwritten");
      return { lastModified: WRITTEN, size: 1, chunks: this.#chunks(() => before(key), object, position?.line ?? 0) };
    };
  }

  async *#chunks(
    before: () => void | Promise<void>,
    { lines, error }: FakeObject,
    from: number,
  ): AsyncGenerator<ObjectChunk, void, undefined> {
    for (let firstLine = from; firstLine < lines.length; firstLine += this.chunkLines) {
      await before();
      const some = lines.slice(firstLine, firstLine + this.chunkLines);
      yield {
        firstLine,
        lines: some.map((line) => (line === TOO_LONG ? "" : line)),
        tooLong: some.flatMap((line, i) =>
          line === TOO_LONG ? [{ line: firstLine + i, offset: 0, skip: 0, length: 2 ** 21 }] : [],
        ),
        next: positionAt(firstLine + some.length),
      };
    }
    if (error) throw error;
  }
}

export const positionAt = (line: number): ObjectPosition => ({
  line,
  offset: line,
  skip: 0,
  isGzip: false,
  form: "lines",
});

/** Answers SendMessage and SendMessageBatch from memory as SQS does. */
export class MemorySqs extends FakeServer {
  readonly bodies: string[] = [];

  constructor() {
    super(({ body }) => {
      const { MessageBody, Entries = [{ MessageBody }] } = JSON.parse(body.toString());
      for (const entry of Entries) this.bodies.push(entry.MessageBody);
      return { status: 200, body: '{"MessageId":"m"}' };
    });
  }
}

interface Given {
  sources?: Partial<AccessLogSource>[];
  rules?: RuleSet;
  chunkLines?: number;
  totalMs?: number;
}

/** All that the function needs, in memory. `lines` are what it logged. */
export function prepareAccessLogs({ sources = [{}], rules, chunkLines = 3, totalMs = 60_000 }: Given = {}) {
  const engine = new SearchEngine();
  const bucket = new MemoryBucket();
  const queue = new MemorySqs();
  const objects = new MemoryObjects(chunkLines);
  const clock = new FakeClock(totalMs);
  const lines: (Record<string, unknown> & { warnings?: string[]; QuarantinedBytes?: number })[] = [];
  const io: AccessLogsIo = {
    settings: {
      sources: sources.map((source, i) => ({
        ...{ name: `source-${i}`, bucket: SOURCE_BUCKET, prefix: "", format: "auto", index: "", parserFields: "" },
        ...source,
      })),
      quarantinePrefix: "",
      metricsNamespace: "",
      parsing: new ObjectParsing({ keepMessage: true, eventOriginal: false, areRedacted: rules?.redacts }),
      rules,
      layoutsOf: (index) => ({ current: { ...CWL.current, sharedIndexOf: () => index }, earlier: [] }),
    },
    search: {
      send: engine.send,
      endpoint: "https://search.example",
      requestTimeoutMs: 30_000,
      bulkMaxBytes: 1024 * 1024,
      bulkRequests: 2,
    },
    indexSetup: async () => [],
    reader: () => objects.open,
    quarantine: { send: bucket.send, bucket: "the-archive", pathPrefix: "/", requestTimeoutMs: 30_000 },
    queue: { send: queue.send, queueUrl: QUEUE_URL, requestTimeoutMs: 30_000 },
    within: (_, work) => work,
    remainingMs: clock.remainingMs,
    sleep: clock.sleep,
    random: () => 0.5,
    now: () => SENT + clock.nowMs,
    monotonicMs: () => clock.nowMs,
    log: (line) => lines.push(line),
  };
  /** Puts an object, and returns the message that names it. */
  const put = (key: string, texts: readonly string[], error?: SourceObjectError): ObjectToRead => {
    const etag = `${objects.objects.size}`;
    objects.objects.set(key, { lines: texts, etag, error });
    return { object: { bucket: SOURCE_BUCKET, key, etag } };
  };
  return { engine, bucket, queue, objects, clock, io, lines, put };
}

export const sqsRecord = (body: string, messageId = "m-0"): SQSRecord => ({
  messageId,
  receiptHandle: "r",
  body,
  attributes: {
    ApproximateReceiveCount: "1",
    SentTimestamp: String(SENT),
    SenderId: "s",
    ApproximateFirstReceiveTimestamp: String(SENT),
  },
  messageAttributes: {},
  md5OfBody: "",
  eventSource: "aws:sqs",
  eventSourceARN: "arn:aws:sqs:eu-central-1:111111111111:access-logs",
  awsRegion: "eu-central-1",
});

/** The event of messages of our own, `m-0`, `m-1`, …, or of these bodies. */
export const sqsEvent = (...messages: (ObjectToRead | string)[]): SQSEvent => ({
  Records: messages.map((message, i) =>
    sqsRecord(typeof message === "string" ? message : encodeObjectMessage(message), `m-${i}`),
  ),
});
