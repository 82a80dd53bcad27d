import { gzipSync } from "node:zlib";
import type { KinesisStreamRecord } from "aws-lambda";
import { objectIdSuffix } from "../../core/events/document-id";
import { ACCOUNT_ID } from "../../local/aws/account";
import { awsClients } from "../../local/aws/clients";
import { emulatorDocumentId, emulatorEventId } from "../../local/delivery/event-id";
import { AccessLogPuts } from "../../local/page/put/access-log-puts";
import { LogGroupPuts } from "../../local/page/put/log-group-puts";
import { PagePuts } from "../../local/page/put/page-puts";
import type { PagePut } from "../../local/page/shared/put";
import { type HttpServer, startServer } from "./http-server";
import { type LogsServer, startLogs } from "./logs-server";
import { etagOf, type S3Server, startS3 } from "./s3-server";
import { wholeAnswer } from "./search-answer";

interface PutEvent {
  readonly id: string;
  readonly timestamp: number;
  readonly message: string;
  readonly logGroup: string;
  readonly logStream: string;
}

/** What a put passes, in memory: nothing arrives anywhere by itself. */
export interface PutPipeline {
  readonly puts: PagePuts;
  readonly logs: LogsServer;
  readonly engine: HttpServer;
  readonly s3: S3Server;
  /** In milliseconds since the epoch. */
  now: number;
  /** The engine answers 503. */
  isDown: boolean;
  /** What the engine makes of its answers. @default nothing */
  answered?: (answer: object) => object;
  /** All events so far, in the order of their puts. */
  events(): PutEvent[];
  /** Makes events searchable, each once more at each call. @param source of the document @default the message */
  index(events: readonly PutEvent[], source?: object): void;
  archive(events: readonly PutEvent[], rejection?: string): void;
  /** Makes lines of an object of access logs searchable, each once more at each call. @param lines their numbers */
  indexLines(key: string, lines: readonly number[], source?: object): void;
  /** A record of the stream that holds them. */
  record(events: readonly PutEvent[], sequenceNumber: number): KinesisStreamRecord;
  /** Puts a text, and waits until all of it is put. */
  putText(text: string | Buffer, more?: Partial<Parameters<PagePuts["put"]>[0]>): Promise<number>;
  /** Lets a second pass, or more, with its update. */
  second(isBroken?: boolean, seconds?: number): Promise<void>;
  /** The put that was begun last. */
  readonly newest: PagePut;
  stop(): Promise<void>;
}

export async function startPutPipeline(): Promise<PutPipeline> {
  const documents: PutDocument[] = [];
  const logs = await startLogs(["foo", "/app/bar"]);
  const idOf = (call: number, n: number, timestamp: number) =>
    emulatorEventId({ timestamp, counter: BigInt(call * 100_000 + n) });
  logs.answer = (call) => {
    const { timestamp } = logs.puts[call]!.logEvents[0]!;
    return { headers: { "x-first-event-id": idOf(call, 0, timestamp) } };
  };
  const s3 = await startS3("bucket");
  const engine = await startServer(({ body }, response) => {
    if (pipeline.isDown) return response.writeHead(503).end("busy");
    const answer = answerTo(JSON.parse(body.toString()), documents);
    return response.end(JSON.stringify(pipeline.answered?.(answer) ?? answer));
  });
  const clients = awsClients(logs.origin);
  const archive = { bucket: "bucket", prefix: "" };
  const now = () => pipeline.now;
  const io = { s3: awsClients(s3.origin).s3, now };
  const pipeline: PutPipeline = {
    ...{ logs, engine, s3, now: Date.now(), isDown: false },
    puts: new PagePuts({
      destinations: [
        new LogGroupPuts({ ...io, archive, logs: clients.logs, logGroups: async () => ["foo", "/app/bar"] }),
        new AccessLogPuts({
          ...io,
          async *accessLogs() {
            yield { bucket: "bucket", quarantine: archive };
          },
        }),
      ],
      search: { endpoint: engine.origin, indexPattern: "cwl-*" },
      now,
    }),
    events: () =>
      logs.puts.flatMap(({ logGroup, logStream, logEvents }, call) =>
        logEvents.map((event, n) => ({ ...event, id: idOf(call, n, event.timestamp), logGroup, logStream })),
      ),
    index(events, source) {
      for (const { id, logGroup, logStream: mark, timestamp, message } of events)
        documents.push({ id: emulatorDocumentId(id, logGroup), mark, timestamp, source: source ?? { message } });
    },
    indexLines(key, lines, source = {}) {
      const etag = etagOf(s3.objects.get(key)!.body).replaceAll('"', "");
      const suffix = objectIdSuffix({ bucket: "bucket", key, etag });
      for (const line of lines) documents.push({ id: line + suffix, mark: key, timestamp: pipeline.now, source });
    },
    archive(events, rejection) {
      const folder = rejection === undefined ? "archive" : "rejected";
      s3.put(`${folder}/${s3.objects.size}`, gzipSync(`${JSON.stringify(envelopeOf(events, rejection))}\n`));
    },
    record: (events, sequenceNumber) =>
      ({
        kinesis: {
          data: gzipSync(JSON.stringify(envelopeOf(events))).toString("base64"),
          approximateArrivalTimestamp: pipeline.now / 1000,
        },
        eventID: `shardId-0:${sequenceNumber}`,
        eventSourceARN: "stream",
      }) as KinesisStreamRecord,
    async putText(text, more = {}) {
      const options = { fileName: undefined, size: undefined, skipInvalidLines: false, timeField: undefined };
      const content = (async function* () {
        yield Buffer.from(text as string);
      })();
      const id = await pipeline.puts.put({ ...options, kind: "log group", name: "foo", content, ...more });
      const isPut = () =>
        pipeline.puts.shown.puts.some((put) => put.id === id && !["waiting", "putting"].includes(put.phase));
      while (!isPut()) await new Promise(setImmediate);
      return id;
    },
    async second(isBroken = false, seconds = 1) {
      pipeline.now += seconds * 1_000;
      await pipeline.puts.update(isBroken);
    },
    get newest() {
      return pipeline.puts.shown.puts[0]!;
    },
    stop: async () => void (await Promise.all([logs.stop(), s3.stop(), engine.stop()])),
  };
  return pipeline;
}

function envelopeOf(events: readonly PutEvent[], rejection?: string): object {
  const { logGroup, logStream } = events[0]!;
  const logEvents = events.map(({ id, timestamp, message }) => ({ id, timestamp, message }));
  const names = { messageType: "DATA_MESSAGE", owner: ACCOUNT_ID, logGroup, logStream };
  return { ...(rejection !== undefined && { rejection }), ...names, logEvents };
}

interface PutSearch {
  readonly query: { readonly ids: { readonly values: readonly string[] } };
  readonly size: number;
  readonly aggs: { readonly all: { readonly aggs: Record<string, { readonly filter: object }> } };
}

interface PutDocument {
  readonly id: string;
  /** Its log stream, or the key of its object. */
  readonly mark: string;
  readonly timestamp: number;
  readonly source: object;
}

/** Answers as an engine does: an id finds each document that has it. */
function answerTo({ query, size, aggs }: PutSearch, documents: readonly PutDocument[]): object {
  const withIds = (ids: readonly string[]) => {
    const wanted = new Set(ids);
    return documents.filter(({ id }) => wanted.has(id));
  };
  const counted = (filter: object) => {
    const { bool, ids } = filter as {
      bool?: { should: { term: Record<string, string> }[] };
      ids?: { values: string[] };
    };
    const terms = bool?.should.map(({ term }) => Object.values(term)[0]);
    const found = ids ? withIds(ids.values) : documents.filter(({ mark }) => terms!.includes(mark));
    const times = found.map(({ timestamp }) => timestamp);
    const hits = found.map(({ id, source }) => ({ _index: "cwl-i", _id: id, _source: source }));
    const [from, to] = [times.length > 0 ? Math.min(...times) : null, times.length > 0 ? Math.max(...times) : null];
    return { doc_count: found.length, from: { value: from }, to: { value: to }, hits: { hits: { hits } } };
  };
  const all = Object.fromEntries(Object.entries(aggs.all.aggs).map(([name, { filter }]) => [name, counted(filter)]));
  return {
    ...wholeAnswer(),
    hits: {
      hits: withIds(query.ids.values)
        .slice(0, size)
        .map(({ id }) => ({ _id: id })),
    },
    aggregations: { all: { doc_count: documents.length, ...all } },
  };
}
