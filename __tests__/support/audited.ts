import { S3Client } from "@aws-sdk/client-s3";
import type { KinesisStreamEvent } from "aws-lambda";
import { SdkBucket } from "../../archive/sdk-bucket";
import type { AuditArguments } from "../../audit/arguments/arguments";
import type { CompareIo } from "../../audit/comparison";
import { EngineClient } from "../../audit/engine/engine-client";
import { IndexDocuments } from "../../audit/engine/index-documents";
import { removeDocuments } from "../../audit/engine/remove-documents";
import type { Finding } from "../../audit/findings";
import { AuditJournal } from "../../audit/journal";
import { explainNothing } from "../../audit/nothing-found";
import { AuditReport } from "../../audit/report";
import { type AuditRun, audit } from "../../audit/run";
import { unitsOf } from "../../audit/time-range";
import { HOUR_MS } from "../../core/events/durations";
import type { Send } from "../../core/http/send";
import { defaultNames } from "../../core/settings/index-settings";
import type { ForwardSettings } from "../../functions/forwarder/forward";
import { LaneMessages } from "../../replay/lane-messages";
import { searchSink } from "../../replay/sinks/search";
import { ARRIVAL } from "./kinesis";
import { CWL } from "./layouts";
import { forwarded } from "./replay";
import { FakeRunDeadline } from "./run-deadline";
import { metadataOf, type S3Server, startS3 } from "./s3-server";
import { SearchedEngine } from "./searched-engine";

const BUCKET_NAME = "audited";

export const AUDITED: AuditArguments = {
  ...{ bucket: BUCKET_NAME, archivePrefix: "", lateHours: 1, recordMaxBytes: 2 ** 25, isDeep: false, isJson: false },
  selection: { fromMs: ARRIVAL - HOUR_MS, toMs: ARRIVAL + HOUR_MS },
  endpoint: { to: "endpoint", searchEndpoint: "https://search.example", names: defaultNames("cwl-") },
};

/** An archive and an index in memory, and the audit of both. */
export class Audited {
  readonly searched = new SearchedEngine();
  readonly found: Finding[] = [];
  messages = new LaneMessages(undefined);
  maxIds = 1000;
  maxNamed = 1000;
  /** When it is audited. */
  nowMs = ARRIVAL + 3 * HOUR_MS;
  /** The folder of the journal, if there is one. */
  folder?: string;
  /** The request to the engine at which an audit is interrupted. */
  interruptedAt = Number.POSITIVE_INFINITY;

  private constructor(readonly s3: S3Server) {}

  static async start(): Promise<Audited> {
    return new Audited(await startS3(BUCKET_NAME));
  }

  /** Lets the forwarder deliver and archive records. */
  async deliver(events: KinesisStreamEvent[], settings: Partial<ForwardSettings> = {}, prepare = () => {}) {
    const { bucket, engine } = await forwarded(events, settings, (fresh) => {
      fresh.reject = this.searched.engine.reject;
      prepare();
    });
    for (const { path, headers, body } of bucket.requests) this.s3.put(path.slice(1), body, metadataOf(headers));
    for (const [key, document] of engine.documents) this.searched.documents.set(key, document);
  }

  /** Audits, and heals where `args` say so. */
  async audit(args: Partial<AuditArguments> = {}): Promise<AuditReport> {
    const all = { ...AUDITED, ...args };
    const deadline = new FakeRunDeadline();
    const { origin } = this.s3;
    const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
    const s3 = new S3Client({
      endpoint: origin,
      region: "eu-central-1",
      forcePathStyle: true,
      credentials,
      maxAttempts: 1,
    });
    const bucket = new SdkBucket(s3, BUCKET_NAME, deadline.signal);
    let requests = 0;
    const send: Send = (request) => {
      if (++requests === this.interruptedAt) deadline.interrupt();
      return this.searched.send(request);
    };
    const isInterrupted = () => deadline.isInterrupted;
    const client = new EngineClient({ send, sleep: deadline.sleep, random: () => 0.5, isInterrupted });
    const io: CompareIo = {
      ...{ bucket, args: all, region: "eu-central-1", messages: this.messages, isInterrupted, layouts: CWL },
      ...{ index: new IndexDocuments(client, CWL), seeds: [1, 2], maxIds: this.maxIds, maxNamed: this.maxNamed },
    };
    const sink = searchSink({
      ...{ send, endpoint: "https://search.example", indexLayouts: CWL, messages: this.messages, bucket, deadline },
      ...{ archivePrefix: "", timeField: "", recordMaxBytes: 2 ** 25 },
    });
    this.found.length = 0;
    const report = new AuditReport((finding) => this.found.push(finding));
    const healing = { sink, remove: (copies: Parameters<typeof removeDocuments>[1]) => removeDocuments(send, copies) };
    const journal = this.folder === undefined ? undefined : new AuditJournal(all, {}, this.folder);
    journal?.prepare();
    const run: AuditRun = { io, report, healing: all.heal?.isDone ? healing : undefined, ended: () => {}, journal };
    await audit(unitsOf(all.selection), run);
    await explainNothing(report, io, this.nowMs);
    s3.destroy();
    return report;
  }

  /** What is found, as `<kind> <_id>`, in the order of these texts. */
  get names(): string[] {
    return this.found.map(({ kind, id }) => `${kind} ${id}`).sort();
  }
}
