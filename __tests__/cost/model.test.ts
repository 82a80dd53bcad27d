import fc from "fast-check";
import { billOf, totalOf, usageOf } from "../../cost/model/bill";
import { DEFAULT_WORKLOAD, type Workload } from "../../cost/model/workload";
import type { Deployment } from "../../cost/plan/deployment";
import { REGIONS } from "../../cost/prices/regions";
import { EMPTY_DEPLOYMENT } from "../../cost/published/empty-deployment";
import { PLAN_NAMES, plannedDeployment } from "./plans/read";

const usEast1 = REGIONS.get("us-east-1")!;
const costOf = (deployment: Deployment, workload: Partial<Workload>) =>
  totalOf(billOf(usageOf(deployment, { ...DEFAULT_WORKLOAD, ...workload }), usEast1));
const quantityOf = (deployment: Deployment, workload: Partial<Workload>, what: string) =>
  usageOf(deployment, { ...DEFAULT_WORKLOAD, ...workload }).find((usage) => usage.what === what)?.quantity;

const natural = (max: number) => fc.integer({ min: 0, max });

const streams = fc.array(
  fc.record({
    address: fc.constant("aws_kinesis_stream.this"),
    name: fc.string(),
    shards: natural(500),
    retentionHours: fc.integer({ min: 24, max: 8_760 }),
    isEncrypted: fc.boolean(),
    consumers: natural(20),
  }),
  { maxLength: 4 },
);

const functions = fc.array(
  fc.record({
    ...{ address: fc.constant("aws_lambda_function.a"), name: fc.string(), isInVpc: fc.boolean(), isArm: fc.boolean() },
    kind: fc.constantFrom(
      ...(["forwarder", "archive-compaction", "audit", "index-cleanup", "access-logs", "firehose-transform"] as const),
    ),
    runsPerMonth: natural(43_800),
    memoryMib: fc.integer({ min: 128, max: 10_240 }),
    variables: fc.constantFrom(
      {},
      { METRICS_NAMESPACE: "" },
      { METRICS_NAMESPACE: "logs", METRICS: '{"errors":{"where":[{"pattern":"error"}]}}' },
      { SEARCH_ENDPOINT: "https://a.example", COMPRESS_REQUESTS: "true" },
    ),
  }),
  { maxLength: 3 },
);

const lifecycle = fc.record(
  {
    transition: fc.record({
      days: natural(400),
      storageClass: fc.constantFrom("STANDARD_IA", "GLACIER_IR", "INTELLIGENT_TIERING", "DEEP_ARCHIVE"),
    }),
    expirationDays: fc.integer({ min: 1, max: 4_000 }),
  },
  { requiredKeys: [] },
);

const anyDeployment: fc.Arbitrary<Deployment> = fc
  .record({
    ...{ streams, functions, lifecycle },
    batching: fc.record({
      size: fc.integer({ min: 1, max: 10_000 }),
      windowSeconds: natural(300),
      parallelization: fc.integer({ min: 1, max: 10 }),
    }),
    firehoses: fc.array(
      fc.record({
        ...{ address: fc.string(), name: fc.string() },
        bufferingSeconds: fc.integer({ min: 1, max: 900 }),
        bufferingMib: fc.integer({ min: 1, max: 128 }),
      }),
      { maxLength: 2 },
    ),
    ...{ asksKmsForEachPut: fc.boolean(), keys: natural(3), alarmMetrics: natural(100), dashboards: natural(3) },
  })
  .map((parts) => ({ ...EMPTY_DEPLOYMENT, ...parts }));

const gb = fc.double({ min: 0, max: 1e6, noNaN: true });

const anyWorkload: fc.Arbitrary<Workload> = fc.record({
  ...{ logGbPerDay: gb, firehoseGbPerDay: gb, accessLogGbPerDay: gb },
  lineBytes: fc.integer({ min: 1, max: 1_048_576 }),
  linesPerRecord: fc.integer({ min: 1, max: 10_000 }),
  compressedTo: fc.double({ min: 0.01, max: 1, noNaN: true }),
  peak: fc.double({ min: 1, max: 100, noNaN: true }),
  cpuSecondsPerMillionLines: fc.double({ min: 0, max: 1_000, noNaN: true }),
  waitingSeconds: fc.double({ min: 0, max: 60, noNaN: true }),
  cleanupSeconds: fc.integer({ min: 0, max: 900 }),
  dimensionValues: fc.integer({ min: 1, max: 50 }),
  keptDays: fc.integer({ min: 1, max: 3_650 }),
});

describe("the model", () => {
  it("has no cost that is negative or no number, for any deployment and workload", () => {
    fc.assert(
      fc.property(anyDeployment, anyWorkload, (deployment, workload) => {
        for (const { what, quantity } of usageOf(deployment, workload)) {
          expect([what, Number.isFinite(quantity) && quantity > 0]).toEqual([what, true]);
        }
      }),
    );
  });

  it("never costs less for more logs", () => {
    fc.assert(
      fc.property(
        anyDeployment,
        anyWorkload,
        fc.double({ min: 1, max: 100, noNaN: true }),
        (deployment, workload, factor) => {
          const { logGbPerDay, firehoseGbPerDay, accessLogGbPerDay } = workload;
          for (const more of [
            { logGbPerDay: logGbPerDay * factor },
            { firehoseGbPerDay: firehoseGbPerDay * factor },
            { accessLogGbPerDay: accessLogGbPerDay * factor },
          ]) {
            expect(costOf(deployment, { ...workload, ...more })).toBeGreaterThanOrEqual(
              costOf(deployment, workload) * (1 - 1e-9),
            );
          }
        },
      ),
    );
  });

  it("adds up: lanes that have nothing in common cost together what each costs", () => {
    fc.assert(
      fc.property(anyDeployment, anyWorkload, (deployment, workload) => {
        const { keys, alarmMetrics, dashboards, firehoses, lifecycle, ...lane } = deployment;
        const parts: Deployment[] = [
          { ...EMPTY_DEPLOYMENT, ...lane, lifecycle: lifecycle ?? {} },
          { ...EMPTY_DEPLOYMENT, firehoses, lifecycle: lifecycle ?? {} },
          { ...EMPTY_DEPLOYMENT, keys, alarmMetrics, dashboards },
        ];
        const logs = workload.logGbPerDay;
        const costs = [
          costOf(parts[0]!, workload),
          costOf(parts[1]!, { ...workload, logGbPerDay: 0 }),
          costOf(parts[2]!, { ...workload, logGbPerDay: 0 }),
        ];
        const sum = costs.reduce((total, each) => total + each, 0);
        const whole = costOf({ ...deployment, lifecycle: lifecycle ?? {} }, { ...workload, logGbPerDay: logs });
        expect(Math.abs(whole - sum)).toBeLessThanOrEqual(1e-9 * Math.max(1, sum));
      }),
    );
  });

  it.each(PLAN_NAMES)("prices the plan %s", (name) => {
    const idle = costOf(plannedDeployment(name), {});
    expect(
      costOf(plannedDeployment(name), { logGbPerDay: 100, firehoseGbPerDay: 1, accessLogGbPerDay: 1 }),
    ).toBeGreaterThan(idle);
    expect(idle).toBeGreaterThanOrEqual(0);
  });
});

describe("the default pipeline", () => {
  const deployment = plannedDeployment("defaults");

  it("costs about $70 a month idle, and its metrics once functions run", () => {
    const metrics = quantityOf(deployment, {}, "metrics of the functions")! * 0.3;
    expect(costOf(deployment, {}) - metrics).toBeGreaterThan(70);
    expect(costOf(deployment, {}) - metrics).toBeLessThan(75);
  });

  it("ingests 100 GB a day for $1,521, and asks for a PUT unit for each record", () => {
    const workload = { logGbPerDay: 100 };
    expect(quantityOf(deployment, workload, "ingestion")! * 0.5).toBeCloseTo(1_520.83, 1);
    const records = (100 * 2 ** 30 * (730 / 24)) / (250 * 50) / 1e6;
    expect(quantityOf(deployment, workload, "PUT payload units")).toBeCloseTo(records, 6);
    expect(quantityOf(deployment, { ...workload, linesPerRecord: 500 }, "PUT payload units")).toBeCloseTo(
      (records / 10) * 2,
      6,
    );
  });

  it("counts what a running account has measured in place of assumptions", () => {
    const measured = {
      days: 7,
      logBytes: 700 * 2 ** 30,
      streamRecords: 7e6,
      streamBytes: 7e6 * 30 * 1024,
      invocations: 70_000,
      functionSeconds: 7_000,
    };
    const days = 730 / 24;
    expect(quantityOf(deployment, { measured }, "ingestion")).toBeCloseTo(100 * days, 6);
    expect(quantityOf(deployment, { measured }, "PUT payload units")).toBeCloseTo(2 * days, 6);
    expect(quantityOf(deployment, { measured }, "forwarder, invocations")).toBeCloseTo(0.01 * days, 6);
    expect(quantityOf(deployment, { measured }, "forwarder, time")).toBeCloseTo(1_000 * days * 0.5, 6);
  });
});

describe("functions that a schedule runs", () => {
  const large = plannedDeployment("large");
  const workload = { logGbPerDay: 100 };

  it("are compaction, by the objects and bytes that it reads, and a clean-up each night", () => {
    expect(quantityOf(large, workload, "compaction, invocations")).toBeCloseTo(730 / 1e6, 9);
    expect(quantityOf(large, workload, "index clean-up, invocations")).toBeCloseTo(730 / 24 / 1e6, 9);
    expect(quantityOf(large, { ...workload, cleanupSeconds: 60 }, "index clean-up, time")).toBeCloseTo(
      (730 / 24) * 60 * 0.5,
      6,
    );
    // As measured: 720 objects with 2.58 MB together took 575 ms of a vCPU.
    const measured = { days: 730 / 24, logBytes: 1, streamBytes: 1, invocations: 720, archivedBytes: 2.58e6 };
    const seconds = quantityOf(large, { measured, waitingSeconds: 0 }, "compaction, time")! / (1_769 / 1_024);
    expect(seconds).toBeCloseTo(0.575, 2);
    expect(quantityOf(large, { measured }, "LISTs of the compaction")).toBeCloseTo((730 * 72 + 0.72) / 1_000, 6);
  });

  it("are the audit, by the events and hours that it compares", () => {
    const [forwarder] = large.functions.filter(({ kind }) => kind === "forwarder");
    const audit = (runsPerMonth: number, LOOK_BACK_HOURS: string) => ({
      ...large,
      functions: [
        forwarder!,
        { ...forwarder!, kind: "audit" as const, memoryMib: 1_769, runsPerMonth, variables: { LOOK_BACK_HOURS } },
      ],
    });
    const measured = { days: 730 / 24, events: 1e6, invocations: 15_637, logBytes: 1, streamBytes: 1 };
    const hourly = (what: string) => quantityOf(audit(730, "1"), { measured }, what)!;
    // docs/audit.md: 82 s and 15,637 HEADs for a million events.
    expect(hourly("audit, time") / (1_769 / 1_024)).toBeCloseTo(82, 0);
    expect(hourly("HEADs of the audit")).toBeCloseTo(15.637, 3);
    expect(quantityOf(audit(730 / 24, "24"), { measured }, "audit, time")).toBeCloseTo(hourly("audit, time"), 6);
    expect(quantityOf(audit(730, "24"), { measured }, "audit, time")).toBeCloseTo(24 * hourly("audit, time"), 6);
  });
});

describe("metrics of events", () => {
  const of = (METRICS: object, LOG_GROUPS: readonly object[] = [], names = ["a"]): Deployment => ({
    ...EMPTY_DEPLOYMENT,
    functions: names.map((name) => ({
      ...{ address: name, name, kind: "forwarder" as const, memoryMib: 512, isArm: true, isInVpc: false },
      variables: {
        ...{ METRICS_NAMESPACE: "logs", METRICS: JSON.stringify(METRICS) },
        LOG_GROUPS: JSON.stringify(LOG_GROUPS),
      },
    })),
  });
  const errors = { where: [{ pattern: "error" }] };
  const took = (dimensions: object) => ({ value: "took", dimensions });
  const what = "metrics of events";

  it("are one for each set of values, and those of one name are shared", () => {
    expect(quantityOf(of({}), {}, what)).toBeUndefined();
    expect(quantityOf(of({ errors }, [], ["a", "b"]), {}, what)).toBe(1);
    expect(
      quantityOf(of({ errors }, [{ names: ["x"], METRICS: JSON.stringify({ errors, others: errors }) }]), {}, what),
    ).toBe(2);
    expect(quantityOf(of({ took: took({ service: { field: "s", values: ["a", "b"] } }) }), {}, what)).toBe(3);
    const open = of({ took: took({ service: { field: "s" }, status: { field: "t", values: ["200"] } }) });
    expect(quantityOf(open, {}, what)).toBe(22);
    expect(quantityOf(open, { dimensionValues: 50 }, what)).toBe(51);
  });

  it("are none where the variables are not known, or nonsense", () => {
    expect(quantityOf(plannedDeployment("large"), {}, what)).toBeUndefined();
    const broken = {
      ...of({}),
      functions: of({}).functions.map((each) => ({ ...each, variables: { METRICS: "{", LOG_GROUPS: "1" } })),
    };
    expect(quantityOf(broken, {}, what)).toBeUndefined();
  });
});

describe("data transfer", () => {
  const plan = plannedDeployment("elsewhere");
  const compressing = {
    ...plan,
    functions: plan.functions.map((each) => ({ ...each, variables: { ...each.variables, COMPRESS_REQUESTS: "true" } })),
  };
  const what = "requests to an endpoint outside AWS";

  it("is charged for an endpoint outside AWS, a tenth with compressed requests, and nothing for a domain", () => {
    const workload = { logGbPerDay: 100 };
    const gbs = quantityOf(plan, workload, what)!;
    expect(gbs).toBeCloseTo((100 * (730 / 24) * (250 + 507)) / 250, 6);
    expect(quantityOf(compressing, workload, what)).toBeCloseTo(gbs / 10, 6);
    expect(quantityOf(plannedDeployment("defaults"), workload, what)).toBeUndefined();
  });
});

describe("the archive", () => {
  const deployment = { ...plannedDeployment("defaults"), ...plannedDeployment("archive").lifecycle };

  it("moves nearly nothing of small objects, and nearly all of large ones", () => {
    const lifecycle = plannedDeployment("archive").lifecycle!;
    const shareOf = (logGbPerDay: number) => {
      const workload = { logGbPerDay };
      const whole = { ...deployment, lifecycle };
      const moved = quantityOf(whole, workload, "storage in STANDARD_IA") ?? 0;
      return moved / (moved + quantityOf(whole, workload, "storage in S3 Standard")!);
    };
    expect(shareOf(0.1)).toBeLessThan(0.01);
    expect(shareOf(1_000)).toBeGreaterThan(0.85);
  });
});
