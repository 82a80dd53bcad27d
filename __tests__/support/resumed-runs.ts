import { readFileSync, rmSync, writeFileSync } from "node:fs";
import type { KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import type { Bucket } from "../../archive/bucket";
import { DamagedError, ObjectError } from "../../archive/outcome-errors";
import type { SdkBucket } from "../../archive/sdk-bucket";
import type { Send } from "../../core/http/send";
import { defaultNames } from "../../core/settings/index-settings";
import { defaultMessages } from "../../core/settings/message-variables";
import type { EventRule } from "../../core/settings/rules";
import type { ReplayArguments } from "../../replay/arguments/arguments";
import type { Kind } from "../../replay/arguments/kinds";
import { Journal } from "../../replay/journal";
import type { KindReader } from "../../replay/kinds/kind";
import { LaneMessages } from "../../replay/lane-messages";
import type { ReplayRecord } from "../../replay/records";
import { Report } from "../../replay/report";
import { replay } from "../../replay/run";
import { searchSink } from "../../replay/sinks/search";
import type { ReplaySink } from "../../replay/sinks/sink";
import { streamSink } from "../../replay/sinks/stream";
import { ARRIVAL, envelope, eventId, logEvent } from "./kinesis";
import { CWL } from "./layouts";
import { FakeRunDeadline } from "./run-deadline";
import { MAPPING_CONFLICT, QUEUE_FULL, SearchEngine } from "./search-engine";

/** An object of the archive: its events by number, in parts, and what follows the last of them. */
export interface WrittenObject {
  parts: number[][];
  end: "whole" | "damaged" | "unreadable";
}

/** What the index and the stream do with events: by their numbers. */
export interface Events {
  presentBefore: number[];
  rejected: number[];
  /** By today's rules. */
  dropped: number[];
  /** Taken only at the second try. */
  delayed: number[];
}

/**
 * How a run ends at its `atRequest`th request to the sink: what is in progress is answered; or it is ended at once, before the
 * request arrives or before it is answered; or it is killed then.
 */
export interface Ending {
  atRequest: number;
  by: "Ctrl-C" | "Ctrl-C twice" | "answer lost" | "killed";
}

type To = "endpoint" | "stream";

const lineOf = (n: number) => `line ${n}`;

/** Runs of the same command, one after the other, against the same sink. */
export class ResumedRuns {
  private readonly engine = new SearchEngine();
  private readonly delayed: Set<string>;
  private readonly messages: LaneMessages;
  readonly args: ReplayArguments;
  private onRequest: (apply: () => void) => Promise<void> = async (apply) => apply();

  constructor(
    private readonly objects: WrittenObject[],
    events: Events,
    kind: Kind,
    private readonly to: To,
    private readonly folder: string,
  ) {
    const rejected = new Set(events.rejected.map(eventId));
    this.delayed = new Set(events.delayed.map(eventId));
    const RULES: EventRule[] = [
      { action: "drop", condition: { field: "message", values: events.dropped.map(lineOf) }, rate: 0 },
    ];
    this.messages = new LaneMessages(new Map([["foo", { ...defaultMessages(), RULES }]]));
    for (const n of events.presentBefore) this.engine.documents.set(`cwl-foo-2026.11.21/${eventId(n)}`, {});
    this.engine.reject = ({ id }) => {
      if (this.delayed.delete(id)) return QUEUE_FULL;
      return rejected.has(id) ? MAPPING_CONFLICT : undefined;
    };
    this.args = {
      ...{ bucket: "the-archive", archivePrefix: "", kind, lateHours: 1, timeField: "" },
      ...{ recordMaxBytes: 2 ** 25, objectMaxBytes: 2 ** 24 },
      selection: { fromMs: 0, toMs: 1 },
      sink:
        to === "stream"
          ? { to, stream: "s" }
          : { to, searchEndpoint: "https://search.example", names: defaultNames("cwl-") },
    };
  }

  /** Reads what was written, in place of the readers of kinds. */
  readonly read: KindReader["read"] = async function* (this: ResumedRuns, _: Bucket, { key }: { key: string }) {
    const { parts, end } = this.objects[Number(key)]!;
    for (const part of parts) yield [this.record(part)];
    if (end === "damaged") throw new DamagedError("is damaged");
    if (end === "unreadable") throw new ObjectError("cannot be read");
  }.bind(this) as KindReader["read"];

  /** @param ending undefined: it gets through */
  async run(ending?: Ending): Promise<Report> {
    const journal = new Journal(this.args, {}, this.folder);
    journal.prepare();
    const deadline = new FakeRunDeadline();
    let journalWhenKilled: string | undefined;
    let requests = 0;
    this.onRequest = async (apply) => {
      const isLast = ++requests === ending?.atRequest;
      if (deadline.signal.aborted || (isLast && ending.by === "Ctrl-C twice")) {
        deadline.endNow();
        return new Promise(() => {});
      }
      apply();
      if (!isLast) return;
      if (ending.by === "Ctrl-C") return deadline.interrupt();
      if (ending.by === "killed") journalWhenKilled = journal.isKept ? readFileSync(journal.path, "utf8") : "";
      deadline.endNow();
      return new Promise(() => {});
    };
    const totals = { objects: 0, bytes: 0 };
    const bucket = this.bucket();
    for await (const object of bucket.list("")) if (!journal.known.isFinished(object)) totals.objects++;
    const report = new Report();
    const sink = this.sink(deadline);
    await replay([""], { args: this.args, bucket, region: "eu-central-1", sink, report, journal, deadline });
    report.conclude(totals, journal);
    if (journalWhenKilled === "") rmSync(journal.path, { force: true });
    else if (journalWhenKilled !== undefined) writeFileSync(journal.path, journalWhenKilled);
    return report;
  }

  private record(numbers: number[]): ReplayRecord {
    const origin = { shardId: "shard", sequenceNumber: "1", region: "eu-central-1", arrival: ARRIVAL };
    return { origin, envelopes: [envelope(numbers.map((n) => logEvent(n, lineOf(n), ARRIVAL)))] };
  }

  private bucket(): SdkBucket {
    const list = async function* (this: ResumedRuns) {
      for (const n of this.objects.keys()) yield { key: String(n), etag: "1", bytes: 1 };
    }.bind(this);
    return { name: "the-archive", list } as unknown as SdkBucket;
  }

  private sink(deadline: FakeRunDeadline): ReplaySink {
    if (this.to === "stream") return streamSink(this.kinesis(deadline), "s", deadline);
    const send: Send = async (request) => {
      let answer: ReturnType<Send> | undefined;
      await this.onRequest(() => {
        answer = this.engine.send(request);
      });
      return answer!;
    };
    const bucket = this.bucket();
    return searchSink({
      ...{ send, endpoint: "https://search.example", indexLayouts: CWL, archivePrefix: "", messages: this.messages },
      ...{ timeField: "", recordMaxBytes: 2 ** 25, bucket, deadline },
    });
  }

  private kinesis(deadline: FakeRunDeadline): KinesisClient {
    const send = async ({ input }: PutRecordsCommand) => {
      // As the SDK does with its abort signal.
      await deadline.beforeDeadline(this.onRequest(() => {}));
      return { Records: input.Records!.map(() => ({ SequenceNumber: "1", ShardId: "0" })) };
    };
    return { send } as unknown as KinesisClient;
  }
}
