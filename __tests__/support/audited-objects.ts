import { gunzipSync } from "node:zlib";
import { S3Client } from "@aws-sdk/client-s3";
import { SdkBucket } from "../../archive/sdk-bucket";
import { accessLogsWays } from "../../audit/access-logs/prepare";
import type { AuditArguments } from "../../audit/arguments/arguments";
import { EngineClient } from "../../audit/engine/engine-client";
import { IndexDocuments } from "../../audit/engine/index-documents";
import { removeDocuments } from "../../audit/engine/remove-documents";
import type { Finding } from "../../audit/findings";
import { AuditReport } from "../../audit/report";
import { audit } from "../../audit/run";
import { unitsOf } from "../../audit/time-range";
import { DAY_MS } from "../../core/events/durations";
import { nodeStream } from "../../core/http/node-stream";
import { objectSettings } from "../../core/pipelines/object-settings";
import { parseAccessLogsEnvironment } from "../../core/settings/access-logs";
import { defaultNames } from "../../core/settings/index-settings";
import type { ObjectToRead } from "../../core/sources/s3/object-message";
import { objectOpener } from "../../core/sources/s3/object-opener";
import { sourceObjectOf } from "../../core/sources/s3/source-object";
import { deliverAccessLogs } from "../../functions/access-logs/access-logs";
import { LaneMessages } from "../../replay/lane-messages";
import { queueSink } from "../../replay/sinks/queue";
import { MemorySqs, prepareAccessLogs, QUEUE_URL, SOURCE_BUCKET, sqsEvent } from "./access-logs";
import { FakeRunDeadline } from "./run-deadline";
import { etagOf, type S3Server, startS3 } from "./s3-server";
import { SearchedEngine } from "./searched-engine";

const QUARANTINE = "the-archive";
const REGION = "eu-central-1";

/** Objects of access logs and an index in memory, and the audit of both. */
export class AuditedObjects {
  readonly searched = new SearchedEngine();
  readonly queue = new MemorySqs();
  readonly found: Finding[] = [];
  maxIds = 1000;

  private constructor(
    readonly s3: S3Server,
    readonly archive: S3Server,
    /** Of the function. */
    public variables: Record<string, string>,
  ) {}

  static async start(variables: Record<string, string> = {}): Promise<AuditedObjects> {
    return new AuditedObjects(await startS3(SOURCE_BUCKET), await startS3(QUARANTINE), variables);
  }

  async stop(): Promise<void> {
    await Promise.all([this.s3.stop(), this.archive.stop()]);
  }

  /** The variables that the function is given. */
  get given(): Record<string, string> {
    return {
      SEARCH_ENDPOINT: "https://search.example",
      ACCESS_LOG_SOURCES: JSON.stringify([{ name: "all", bucket: SOURCE_BUCKET }]),
      ...{ QUEUE_URL, QUARANTINE_BUCKET: QUARANTINE, QUARANTINE_PREFIX: "logs/", AWS_REGION: REGION },
      ...this.variables,
    };
  }

  get environment() {
    return parseAccessLogsEnvironment(this.given);
  }

  /** Puts objects, and lets the function deliver them. */
  async deliver(objects: Record<string, Buffer | string>): Promise<void> {
    for (const [key, body] of Object.entries(objects)) this.s3.put(key, Buffer.from(body));
    await this.redeliver(Object.keys(objects).map((key) => ({ object: this.object(key) })));
  }

  /** Lets the function deliver what messages name. */
  async redeliver(messages: readonly (ObjectToRead | string)[]): Promise<void> {
    const { io, bucket } = prepareAccessLogs();
    const { environment, s3, searched } = this;
    const { ACCESS_LOG_SOURCES: sources, QUARANTINE_PREFIX: quarantinePrefix } = environment;
    await deliverAccessLogs(sqsEvent(...messages), {
      ...io,
      settings: { ...objectSettings(environment), sources, quarantinePrefix, metricsNamespace: "" },
      search: { ...io.search, send: searched.engine.send },
      reader: ({ retry, failed }) =>
        objectOpener({
          ...{ stream: ({ origin }) => nodeStream(origin), region: REGION, endpoint: s3.origin },
          ...{ requestTimeoutMs: 30_000, retry, failed },
        }),
    });
    for (const key of bucket.keys()) this.archive.put(key, bucket.objects.get(key)!);
  }

  object(key: string) {
    const { body } = this.s3.objects.get(key)!;
    const names = { bucket: SOURCE_BUCKET, key, etag: etagOf(body), size: body.length, region: undefined };
    return sourceObjectOf(names) as Exclude<ReturnType<typeof sourceObjectOf>, string>;
  }

  /** Audits a day, and heals where `args` say so. */
  async audit(day: string, args: Partial<AuditArguments> = {}, prefix = ""): Promise<AuditReport> {
    const fromMs = Date.parse(day);
    const accessLogs = { prefix, variables: this.environment, queueUrl: QUEUE_URL };
    const all: AuditArguments = {
      ...{ bucket: SOURCE_BUCKET, archivePrefix: "logs/", lateHours: 1, recordMaxBytes: 1, isDeep: false },
      ...{ isJson: false, accessLogs, selection: { fromMs, toMs: fromMs + DAY_MS } },
      endpoint: { to: "endpoint", searchEndpoint: "https://search.example", names: defaultNames("cwl-") },
      ...args,
    };
    const deadline = new FakeRunDeadline();
    const { signal } = deadline;
    const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
    const clients = [this.s3, this.archive].map(
      ({ origin }) =>
        new S3Client({ endpoint: origin, region: REGION, forcePathStyle: true, credentials, maxAttempts: 1 }),
    );
    const bucket = new SdkBucket(clients[0]!, SOURCE_BUCKET, signal);
    const { ways, layouts } = accessLogsWays(accessLogs, bucket, { s3: clients[1]!, signal });
    const { send } = this.searched;
    const isInterrupted = () => deadline.isInterrupted;
    const client = new EngineClient({ send, sleep: deadline.sleep, random: () => 0.5, isInterrupted });
    this.found.length = 0;
    const report = new AuditReport((finding) => this.found.push(finding));
    const sink = queueSink({ send: this.queue.send, queueUrl: QUEUE_URL, deadline });
    const healing = { sink, remove: (copies: Parameters<typeof removeDocuments>[1]) => removeDocuments(send, copies) };
    await audit(unitsOf(all.selection), {
      io: {
        ...{ bucket, args: all, region: REGION, messages: new LaneMessages(undefined), isInterrupted, layouts },
        ...{ index: new IndexDocuments(client, layouts), seeds: [1, 2], maxIds: this.maxIds, maxNamed: 1000 },
      },
      ...{ report, ways, healing: all.heal?.isDone ? healing : undefined, ended: () => {} },
    });
    for (const client of clients) client.destroy();
    return report;
  }

  /** What is found, as `<kind> <_id>`, in the order of these texts. */
  get names(): string[] {
    return this.found.map(({ kind, id }) => `${kind} ${id}`).sort();
  }

  /** What the quarantine has as rejected. */
  get rejected(): Record<string, unknown>[] {
    return [...this.archive.objects]
      .filter(([key]) => key.startsWith("logs/access-logs/rejected/"))
      .flatMap(([, { body }]) => gunzipSync(body).toString().trim().split("\n"))
      .map((line) => JSON.parse(line));
  }
}
