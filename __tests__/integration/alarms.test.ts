import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import type { MetricAlarm, StateValue } from "@aws-sdk/client-cloudwatch";
import { PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { ACCOUNT_ID } from "../../local/aws/account";
import { type AwsClients, awsClients } from "../../local/aws/clients";
import { MetricCollector } from "../../local/cloudwatch/collector";
import { evaluateAlarm } from "../../local/cloudwatch/evaluate-alarm";
import { FastClock } from "../../local/cloudwatch/fast-clock";
import { MetricData } from "../../local/cloudwatch/metric-data";
import { type LambdaFunction, startFunction } from "../../local/lambda/function";
import { type Lane, startLane } from "../../local/lane";
import { throttleSome } from "../../soak/applications/throttled-records";
import { type SoakServices, startSoakServices } from "../../soak/services";
import { POISON } from "../../soak/traffic/poison";
import { Random } from "../../tools/random";
import { repositoryRoot } from "../../tools/repository";
import { envelope, logEvent } from "../support/kinesis";
import { plannedAlarms } from "../support/planned-alarms";
import { account, region, synthesizedStack } from "../support/terraform";

jest.setTimeout(300_000);

/** A period of five minutes takes two seconds. */
const SPEED = 150;
const PATIENCE_MS = 90_000;
const POLL_MS = 200;
/** Of the function: three quarters are for the search engine. */
const TIMEOUT_SECONDS = 5;

const name = "alarms";
const lane = `${name}_orders`;
const cleanup = `${name}-index-cleanup`;
const domain = { DomainName: name, ClientId: account };

/** A metric of events, and an alarm on it as docs/metrics.md has it. */
const METRICS = { failed_orders: { where: [{ field: "status", pattern: "^5" }] } };
const OF_EVENTS: Readonly<Record<keyof typeof METRICS, MetricAlarm>> = {
  failed_orders: {
    ...{ Namespace: name, MetricName: "failed_orders", Statistic: "Sum", Period: 60, EvaluationPeriods: 1 },
    ...{ ComparisonOperator: "GreaterThanThreshold", Threshold: 5, TreatMissingData: "notBreaching" },
  },
};

const clock = new FastClock(SPEED);
const data = new MetricData();
const collector = new MetricCollector(data, clock);
const random = new Random(7);

let services: SoakServices;
let writers: AwsClients;
let alarms: ReadonlyMap<string, MetricAlarm>;
let started: Lane;
let cleaner: LambdaFunction;
let concurrency = Number.POSITIVE_INFINITY;
let isQuiet = false;
let ended = false;
let working: Promise<unknown>;
let failure: unknown;
const states = new Map<string, StateValue>();

/** What Terraform would make; the times are short enough for a test, and long enough for a slow machine. */
async function alarmsOfPlan(): Promise<ReadonlyMap<string, MetricAlarm>> {
  const stack = await synthesizedStack("logging-pipeline");
  const plan = await stack.plan({
    ...{ name, log_groups: { orders: {} }, index_cleanup: { schedule: "rate(1 day)", keep_days: 7 } },
    alarms: {
      actions: [`arn:aws:sns:${region}:${account}:alarms`],
      ...{ iterator_age_minutes: 10, failing_minutes: 5, nothing_arrived_minutes: 10 },
    },
  });
  await stack.remove();
  return new Map([...plannedAlarms(plan), ...Object.entries(OF_EVENTS)]);
}

/** Logs an event five times a second. */
async function log(): Promise<void> {
  for (let n = 0; !ended; n++) {
    if (!isQuiet)
      await put(gzipSync(JSON.stringify(envelope([logEvent(n)], { owner: ACCOUNT_ID, logGroup: "orders" }))));
    await sleep(POLL_MS);
  }
}

async function put(Data: Uint8Array): Promise<void> {
  const Records = [{ Data, PartitionKey: randomUUID() }];
  collector.putRecords(lane, await writers.kinesis.send(new PutRecordsCommand({ StreamName: lane, Records })));
}

async function evaluate(): Promise<void> {
  for (; !ended; await sleep(POLL_MS)) {
    await collector.readEngine(services.search.url, domain);
    for (const [key, alarm] of alarms) {
      states.set(key, evaluateAlarm(alarm, data, clock.now(), states.get(key) ?? "INSUFFICIENT_DATA"));
    }
  }
}

/** @throws Error when one of the alarms never has the state */
async function become(state: StateValue, keys: readonly string[], meanwhile = async () => {}): Promise<void> {
  const isOther = (key: string) => states.get(key) !== state;
  for (const end = performance.now() + PATIENCE_MS; keys.some(isOther); await sleep(POLL_MS)) {
    if (failure) throw failure;
    if (performance.now() > end) throw new Error(`not ${state}: ${keys.filter(isOther)}`);
    await meanwhile();
  }
}

/** Expects alarms to begin when something is broken, and to end when it is mended. @param meanwhile breaks it further until they begin */
async function expectAlarms(
  keys: readonly string[],
  breakIt: () => unknown,
  mend: () => unknown = () => {},
  meanwhile?: () => Promise<void>,
): Promise<void> {
  await become("OK", keys);
  await breakIt();
  await become("ALARM", keys, meanwhile);
  await mend();
  await become("OK", keys);
}

const engine = (method: string, path: string, body?: object) =>
  fetch(services.search.url + path, {
    method,
    headers: { "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });

// Within a describe, so that it ends before whatever the support for Terraform ends at last.
describe("on the local pipeline", () => {
  beforeAll(async () => {
    [services, alarms] = await Promise.all([startSoakServices(), alarmsOfPlan()]);
    writers = awsClients(services.streamProxy.url);
    const environment = {
      SEARCH_ENDPOINT: services.searchProxy.url,
      INDEX_PREFIX: `${name}-`,
      METRICS_NAMESPACE: name,
      METRICS: JSON.stringify(METRICS),
    };
    started = await startLane(services.clients, {
      ...{ name: lane, archiveBucket: name, shards: 1, batchSize: 20, timeoutSeconds: TIMEOUT_SECONDS },
      environment: { ...environment, AWS_ENDPOINT_URL_S3: services.archiveProxy.url, REQUEST_TIMEOUT_SECONDS: "3" },
      concurrency: () => concurrency,
      onThrottle: () => collector.throttled(lane),
      onLine: (line) => collector.logged(line),
      onProblem: () => {},
      onResult: (event, result) => collector.invoked(lane, result, event),
    });
    cleaner = await startFunction({
      ...{ name: cleanup, zip: join(repositoryRoot, "dist/functions/index-cleanup.zip") },
      ...{ timeoutSeconds: TIMEOUT_SECONDS, memoryMib: 512 },
      environment: { ...environment, PIPELINE_NAME: name, KEEP_DAYS: "7", METRICS_NAMESPACE: "" },
    });
    await started.startReading();
    working = Promise.all([log(), evaluate()]).catch((error) => {
      failure = error;
    });
  }, 300_000);

  afterAll(async () => {
    ended = true;
    await working;
    await Promise.all([started?.stop(), cleaner?.stop()]);
    await services?.stop();
  });

  describe("an alarm begins and ends", () => {
    it("iterator_age, returned_records: while the search endpoint refuses connections", () =>
      expectAlarms(
        ["iterator_age", "returned_records"],
        () => services.searchProxy.refuse(),
        () => services.searchProxy.accept(),
      ));

    it("function_errors: while invocations are killed", () =>
      expectAlarms(
        ["orders:function_errors"],
        () => {
          services.searchProxy.fault = () => ({ kind: "late", ms: 300 });
        },
        () => {
          services.searchProxy.fault = () => undefined;
        },
        () => started.lambda.kill(),
      ));

    it("function_throttles: while the function may not run", () =>
      expectAlarms(
        ["orders:function_throttles"],
        () => {
          concurrency = 0;
        },
        () => {
          concurrency = Number.POSITIVE_INFINITY;
        },
      ));

    it("nothing_arrived: while nothing is logged", () =>
      expectAlarms(
        ["nothing_arrived"],
        () => {
          isQuiet = true;
        },
        () => {
          isQuiet = false;
        },
      ));

    it("stream_write_throttles: while the stream takes a part of the records", () =>
      expectAlarms(
        ["orders:stream_write_throttles"],
        () => {
          services.streamProxy.fault = () => ({ kind: "part", of: (body) => throttleSome(body, random) });
        },
        () => {
          services.streamProxy.fault = () => undefined;
        },
      ));

    it("failed_orders: with events that fulfil the conditions of a metric of one's own", () => {
      const failed = Array.from({ length: 10 }, (_, n) => logEvent(n, `{"status":${500 + n}}`));
      const text = JSON.stringify(envelope(failed, { owner: ACCOUNT_ID, logGroup: "orders" }));
      return expectAlarms(["failed_orders"], () => put(gzipSync(text)));
    });

    it("dead_lettered_records: with a record that cannot be decoded", () =>
      expectAlarms(["dead_lettered_records"], () => put(POISON.binary!("", random))));

    it("rejected_events: with an event that the index does not take even as text", async () => {
      const day = new Date(logEvent(0).timestamp).toISOString().slice(0, 10).replaceAll("-", ".");
      await engine("PUT", `/${name}-numbers-${day}`, { mappings: { properties: { message: { type: "long" } } } });
      const text = JSON.stringify(envelope([logEvent(1, "no number")], { owner: ACCOUNT_ID, logGroup: "numbers" }));
      await expectAlarms(["rejected_events"], () => put(gzipSync(text)));
    });

    it("domain_writes_blocked: while the indices are blocked", () =>
      expectAlarms(
        ["domain_writes_blocked"],
        () => services.blockIndices(`${name}-*`, true),
        () => services.blockIndices(`${name}-*`, false),
      ));

    it("domain_red: while a primary shard has no node", () =>
      expectAlarms(
        ["domain_red"],
        () =>
          engine("PUT", "/nowhere?wait_for_active_shards=0", {
            settings: { "index.routing.allocation.require._name": "nobody" },
          }),
        () => engine("DELETE", "/nowhere"),
      ));

    it("index_cleanup_errors: with a run that is denied, until the next run", async () => {
      const run = async () => collector.invoked(cleanup, await cleaner.invoke({}));
      const denied = { kind: "answer", status: 403, body: "{}" } as const;
      services.searchProxy.fault = () => denied;
      await expectAlarms(["index_cleanup_errors"], run, async () => {
        services.searchProxy.fault = () => undefined;
        await run();
      });
    });
  });

  describe("an alarm of the domain", () => {
    it.each(["domain_free_storage", "domain_jvm_memory_pressure"])("%s has what the engine says", async (key) => {
      await become("OK", ["domain_red"]);
      expect(states.get(key)).not.toBe("INSUFFICIENT_DATA");
    });
  });

  it("no alarm is left out but those of the subscription filter, which docs/unverified.md has", () => {
    expect([...states.keys()].sort()).toEqual(
      [
        ...["iterator_age", "returned_records", "rejected_events", "dead_lettered_records", "nothing_arrived"],
        ...Object.keys(OF_EVENTS),
        ...["index_cleanup_errors", "domain_writes_blocked", "domain_red", "domain_free_storage"],
        ...["domain_jvm_memory_pressure", "orders:function_errors", "orders:function_throttles"],
        ...["orders:delivery_errors", "orders:delivery_throttling", "orders:stream_write_throttles"],
      ].sort(),
    );
  });
});
