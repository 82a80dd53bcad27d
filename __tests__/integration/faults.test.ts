import { setTimeout as sleep } from "node:timers/promises";
import {
  CreateLogGroupCommand,
  DeleteSubscriptionFilterCommand,
  PutSubscriptionFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  DeleteStreamCommand,
  DescribeStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
} from "@aws-sdk/client-kinesis";
import { archivedEnvelopes, listObjects } from "../../local/delivery/archive";
import { EventLedger } from "../../local/delivery/event-ledger";
import { processedRecords } from "../../local/event-source-mapping/kinesis/response";
import type { RequestFault } from "../../local/faults/proxy";
import { type Lane, startLane } from "../../local/lane";
import { putLines } from "../../local/log-events/put";
import { sourceOf } from "../../local/options";
import { documentsIn } from "../../soak/audit/found";
import { verdictOf } from "../../soak/audit/verdict";
import { type AuditedLane, startAuditedLane } from "../../soak/audited-lane";
import { CountsByName } from "../../soak/counts-by-name";
import type { FaultName, FaultPlace } from "../../soak/fault-plan";
import { inject } from "../../soak/inject";
import { PARTIAL_BATCH } from "../../soak/invocation-end";
import { type SoakServices, startSoakServices } from "../../soak/services";
import { type Draft, envelopeDraft, envelopeText, partitionKeyOf } from "../../soak/traffic/draft";
import { POISON } from "../../soak/traffic/poison";
import { Traffic } from "../../soak/traffic/traffic";
import { Random } from "../../tools/random";
import { expectSameElements } from "../support/same-elements";
import { until as waitUntil } from "../support/until";

const STREAM = { logGroup: "/aws/lambda/Orders", logStream: "stream-1" };
const PATIENCE_SECONDS = 100;
const DAY_MS = 86_400_000;
/** Of the function: three quarters are for the search engine. */
const TIMEOUT_SECONDS = 5;

jest.setTimeout(300_000);

let services: SoakServices;
let lane: AuditedLane;
let lanes = 0;
const laneName = () => `lane-${lanes}`;
const traffic = new Traffic(new Random(1));

beforeAll(async () => {
  services = await startSoakServices();
}, 300_000);

afterAll(() => services.stop());

beforeEach(async () => {
  const size = { shards: 2, parallelizationFactor: 2, batchSize: 20 };
  lanes++;
  lane = await startAuditedLane(services, { name: laneName(), timeoutSeconds: TIMEOUT_SECONDS, ...size });
});

afterEach(async () => {
  services.searchProxy.fault = services.archiveProxy.fault = () => undefined;
  await lane.stop();
});

/** Records of all kinds, from several log streams. */
const records = (count: number): Draft[] => Array.from({ length: count }, () => traffic.next());

const envelope = (...messages: string[]): Draft =>
  envelopeDraft(
    STREAM,
    messages.map((message) => traffic.event(message)),
  );

const SLOW_DOWN: RequestFault = { kind: "answer", status: 503, body: "<Error><Code>SlowDown</Code></Error>" };

const always = (fault: RequestFault) => () => fault;

/** Returns `fault` for each of the next `count` requests; `met` is how many there were. */
function next(count: number, fault: RequestFault) {
  const faults = (): RequestFault | undefined => {
    if (faults.met === count) return undefined;
    faults.met++;
    return fault;
  };
  faults.met = 0;
  return faults;
}

/** @throws Error when the condition stays false */
async function until(condition: () => boolean): Promise<void> {
  await waitUntil(condition, 20);
  if (!condition()) throw new Error(`never true: ${condition}`);
}

/** Number of invocations that did not finish their batch. */
function failed(): number {
  return lane.invocations.entries().reduce((sum, [end, count]) => sum + (end === "success" ? 0 : count), 0);
}

/** Injects a fault while records are in flight; the search engine is slow enough for the fault to meet invocations. */
async function injectInFlight<P extends FaultPlace>(place: P, name: FaultName<P>, ms: number): Promise<void> {
  services.searchProxy.fault = always({ kind: "late", ms: 300 });
  const window = { name, startMs: 0, endMs: ms, seed: 2 };
  const injected = inject(place, window, { ...services, ...lane }, new CountsByName());
  for (let n = 0; n < 10; n++) {
    await lane.put(records(10));
    await sleep(100);
  }
  await injected;
  services.searchProxy.fault = () => undefined;
}

/**
 * Waits until all is acknowledged, then expects each event, each record and each piece of poison once.
 *
 * @param rejectedEvents number of events under `rejected/` instead of in the index
 */
async function expectEverythingOnce(rejectedEvents = 0): Promise<void> {
  expect(await lane.drained(PATIENCE_SECONDS)).toBe(true);
  const { rows, examples } = verdictOf(lane.ledger.records, await lane.find());
  expect(examples).toEqual([]);
  for (const row of rows) {
    const rejected = row.kind.startsWith("events") ? rejectedEvents : 0;
    expect(row).toEqual({ ...row, found: row.put - rejected, rejected, duplicated: 0, lost: 0 });
  }
}

describe("the pipeline indexes every event once and archives every record once", () => {
  const answers = {
    "answers 429": { kind: "answer", status: 429, body: "{}" },
    "answers 503 with Retry-After": { kind: "answer", status: 503, headers: { "retry-after": "1" }, body: "" },
    "resets the connection before the request": { kind: "reset", when: "before" },
    "resets the connection during the request": { kind: "reset", when: "during" },
    "resets the connection after the request": { kind: "reset", when: "after" },
    "sends half of the response": { kind: "cut" },
    "responds after the request has timed out": { kind: "late", ms: 3_500 },
  } satisfies Record<string, RequestFault>;

  it.each(Object.entries(answers))("even if OpenSearch %s", async (_, fault) => {
    const faults = next(6, fault);
    services.searchProxy.fault = faults;
    await lane.put(records(40));
    await expectEverythingOnce();
    expect(faults.met).toBe(6);
  });

  it.each(Object.entries(answers))("even if S3 %s", async (_, fault) => {
    const faults = next(6, fault);
    services.archiveProxy.fault = faults;
    await lane.put(records(40));
    await expectEverythingOnce();
    expect(faults.met).toBe(6);
  });

  it.each([
    ["OpenSearch", "searchProxy"],
    ["S3", "archiveProxy"],
  ] as const)("even if %s refuses connections for a while", async (_, name) => {
    const proxy = services[name];
    await proxy.refuse();
    await lane.put(records(40));
    await until(() => failed() > 0);
    expect(lane.ledger.acknowledged).toBe(0);
    await proxy.accept();
    await expectEverythingOnce();
  });

  it("even if S3 throttles for longer than an invocation may take", async () => {
    services.archiveProxy.fault = always(SLOW_DOWN);
    await lane.put(records(40));
    await until(() => lane.invocations.of("ArchiveError") > 0);
    expect(lane.ledger.acknowledged).toBe(0);
    services.archiveProxy.fault = () => undefined;
    await expectEverythingOnce();
  });

  it("even if the function is killed repeatedly at random moments", async () => {
    await injectInFlight("function", "killed", 6_000);
    expect(lane.invocations.of("Runtime.ExitError")).toBeGreaterThan(0);
    await expectEverythingOnce();
  });

  it("even if the function times out", async () => {
    await injectInFlight("function", "frozen", 3_000);
    await until(() => lane.invocations.of("Sandbox.Timedout") > 0);
    await expectEverythingOnce();
  });

  it("even if OpenSearch is killed under load and restarted on its data", async () => {
    await injectInFlight("search", "killed", 0);
    await expectEverythingOnce();
  });
});

describe("the pipeline retries", () => {
  it("events of a blocked index until it is unblocked, and acknowledges the records before them", async () => {
    await lane.put([envelope("this makes the index")]);
    await until(() => lane.ledger.drained);
    await lane.blockIndices(true);
    // Of another day, and so of another index.
    const before = envelopeDraft(STREAM, [{ ...traffic.event("not blocked"), timestamp: Date.now() - DAY_MS }]);

    await lane.put([before, envelope("blocked", "blocked, too"), envelope("blocked as well")]);
    await until(() => lane.invocations.of(PARTIAL_BATCH) > 0);

    expect(lane.ledger.acknowledged).toBe(2);
    await lane.blockIndices(false);
    await expectEverythingOnce();
  });
});

describe("the pipeline delivers the neighbours of", () => {
  it.each(Object.keys(POISON))("a dead-lettered record: %s", async (kind) => {
    const text = envelopeText(STREAM, [traffic.event("never seen")]);
    const data = POISON[kind]!(text, new Random(3));
    const poison: Draft = { partitionKey: partitionKeyOf(STREAM), data, becomes: "dead letter", events: [] };
    await lane.put([envelope("before"), poison, envelope("after")]);
    await expectEverythingOnce();
  });

  it("a rejected event, which its index does not accept as text either", async () => {
    const day = new Date().toISOString().slice(0, 10).replaceAll("-", ".");
    await fetch(`${services.search.url}/${laneName()}-numbers-${day}`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ mappings: { properties: { message: { type: "long" } } } }),
    });
    const events = ["17", "no number", "18"].map((message) => traffic.event(message));
    await lane.put([envelopeDraft({ logGroup: "numbers", logStream: "stream-1" }, events)]);
    await expectEverythingOnce(1);
  });
});

describe("a log group that moves", () => {
  const logGroup = "/app/moving";
  /** Of the function: 0 is what a broken deployment is. */
  let concurrency = Number.POSITIVE_INFINITY;
  const ledger = new EventLedger();
  /** Numbers of the events that two filters have delivered. */
  const twice: number[] = [];

  interface MovingLane extends Lane {
    readonly name: string;
    readonly streamArn: string;
    /** Whether the function has acknowledged each record of the stream: its iterator age is 0. */
    isEmpty(): Promise<boolean>;
  }

  async function startReadingLane(name: string, environment: Record<string, string> = {}): Promise<MovingLane> {
    const { clients, searchProxy, emulatorUrl } = services;
    const acknowledged = new Set<string>();
    const reading = await startLane(clients, {
      ...{ name, archiveBucket: "moving", shards: 1, batchSize: 20, timeoutSeconds: TIMEOUT_SECONDS },
      environment: {
        ...{ SEARCH_ENDPOINT: searchProxy.url, INDEX_PREFIX: "moving-", AWS_ENDPOINT_URL_S3: emulatorUrl },
        ...environment,
      },
      onLine: () => {},
      onProblem: () => {},
      concurrency: () => concurrency,
      onResult({ Records }, result) {
        const processed = processedRecords(result, Records, true) ?? 0;
        for (const { kinesis } of Records.slice(0, processed)) acknowledged.add(kinesis.sequenceNumber);
      },
    });
    await reading.startReading();
    const { StreamDescription } = await clients.kinesis.send(new DescribeStreamCommand({ StreamName: name }));
    const isEmpty = async () => acknowledged.size === (await recordsIn(clients.kinesis, name)).length;
    return { ...reading, name, streamArn: StreamDescription!.StreamARN!, isEmpty };
  }

  /** Puts events for so long, about 60 a second. */
  async function putFor(ms: number): Promise<void> {
    for (const end = performance.now() + ms; performance.now() < end; await sleep(50)) {
      const timestamp = Date.now();
      const lines = ["one", "two", "three"].map((message) => {
        return { logGroup, logStream: "stream-1", timestamp, message: `${message} ${ledger.size}` };
      });
      await putLines(services.clients.logs, sourceOf(lines), ({ firstId, lines: put }) => {
        ledger.add(
          logGroup,
          firstId,
          put.map((line) => line.timestamp),
        );
      });
    }
  }

  const subscribe = ({ name, streamArn }: MovingLane) =>
    services.clients.logs.send(
      new PutSubscriptionFilterCommand({
        ...{ logGroupName: logGroup, filterName: name, filterPattern: "", destinationArn: streamArn },
      }),
    );

  /** As two applies of Terraform: `stream` with `keep_own_stream`, then without, once the iterator age is 0. */
  async function move(from: MovingLane, to: MovingLane): Promise<void> {
    await putFor(300);
    concurrency = 0;
    await from.lambda.kill();
    await putFor(300);
    await subscribe(to);
    const first = ledger.size;
    await putFor(200);
    twice.push(...Array.from({ length: ledger.size - first }, (_, n) => first + n));
    await services.clients.logs.send(
      new DeleteSubscriptionFilterCommand({ logGroupName: logGroup, filterName: from.name }),
    );
    await putFor(300);
    expect(await from.isEmpty()).toBe(false);
    concurrency = Number.POSITIVE_INFINITY;
    while (!(await from.isEmpty())) await putFor(100);
    await from.stop();
    await services.clients.kinesis.send(new DeleteStreamCommand({ StreamName: from.name }));
    await putFor(300);
  }

  it("to a shared stream and back under load, without its functions meanwhile, loses nothing and is found once", async () => {
    const { logs, s3 } = services.clients;
    await logs.send(new CreateLogGroupCommand({ logGroupName: logGroup }));
    const before = services.alreadyIndexed;
    const own = await startReadingLane("own");
    const shared = await startReadingLane("shared", { ARCHIVE_LAYOUT: "stream" });
    await subscribe(own);
    await move(own, shared);
    // A new stream of the old one's name.
    const again = await startReadingLane("own");
    await move(shared, again);
    while (!(await again.isEmpty())) await sleep(50);
    await again.stop();

    const search = { endpoint: services.search.url, indexPattern: "moving-*" };
    const found: string[] = [];
    for await (const { _id } of documentsIn(search, [])) found.push(_id);
    expectSameElements(found, [...ledger.documentIds()], (id) => id);
    // The archive keeps what has come, by either way; a replay finds it once.
    const archived: string[] = [];
    for (const key of (await listObjects(s3, "moving", "archive/")).keys()) {
      for await (const { logEvents } of archivedEnvelopes(s3, "moving", key))
        archived.push(...logEvents.map(({ id }) => id));
    }
    const numbers = Array.from({ length: ledger.size }, (_, n) => n);
    expectSameElements(
      archived,
      [...numbers, ...twice].map((n) => ledger.idOf(n)),
      (id) => id,
    );
    expect(twice.length).toBeGreaterThan(0);
    expect(services.alreadyIndexed - before).toBeGreaterThanOrEqual(twice.length);
  });
});

/** The records of a stream with one shard. */
async function recordsIn(kinesis: KinesisClient, StreamName: string): Promise<readonly unknown[]> {
  const { ShardIterator } = await kinesis.send(
    new GetShardIteratorCommand({ StreamName, ShardId: "shardId-000000000000", ShardIteratorType: "TRIM_HORIZON" }),
  );
  const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
  return Records;
}
