import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { metricLines } from "../../../core/report/metric-lines";
import { MetricSet } from "../../../core/rules/metrics/metric-set";
import { type EventMetric, MAX_VALUE_SETS } from "../../../core/settings/event-metrics";
import { embeddedMetrics } from "../../../local/lambda/embedded-metrics";
import { envelope, logEvent } from "../../support/kinesis";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const counter = (more: Partial<EventMetric> = {}): EventMetric => ({
  ...{ name: "m", where: [], unit: "Count", dimensions: [] },
  ...more,
});

/** What CloudWatch has of one invocation: by metric and dimensions, the values. */
function published(set: MetricSet, batch: readonly (readonly string[])[]): Map<string, number[]> {
  const all = batch.map((messages) => set.count(envelope(messages.map((message, i) => logEvent(i + 1, message)))));
  const lines = set.sum(all).flatMap((tally, i) => [...metricLines(set.metrics[i]!, tally, "logs", 1)]);
  const values = new Map<string, number[]>();
  for (const line of lines) {
    const metrics = embeddedMetrics(JSON.stringify(line));
    // CloudWatch takes each line.
    expect(metrics).toHaveLength(1);
    const { MetricName, Dimensions, Values, Counts } = metrics[0]!.datum;
    const key = JSON.stringify([MetricName, ...Dimensions!.map(({ Value }) => Value)]);
    const numbers = Values!.flatMap((value, k) => Array<number>(Counts![k]!).fill(value));
    values.set(key, [...(values.get(key) ?? []), ...numbers]);
  }
  return values;
}

const level = fc.constantFrom("error", "warn", "info");
/** Numbers that JSON writes as it reads them. */
const took = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.constantFrom(0.5, 1e20, "7", "x", null, undefined));
const service = fc.oneof(
  fc.constantFrom("cart", "pay", "other", "none", ""),
  fc.string({ unit: "binary" }),
  fc.integer(),
);
const event = fc.record({ level, took, service }, { requiredKeys: ["level"] });
type Event = { level: string; took?: unknown; service?: unknown };

const isError = (one: Event): boolean => one.level === "error";
const numberOf = ({ took }: Event): number | undefined =>
  typeof took === "number" ? took + 0 : took === "7" ? 7 : undefined;

const sortedNumbers = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);

describe("MetricSet", () => {
  it("counts each event that matches exactly once, whatever is beside it, as a naive model does", () => {
    const where = [{ field: "level", values: ["error"] }];
    const metrics = [
      counter({ name: "errors", where }),
      counter({ name: "latency", value: "took", unit: "None", where }),
      counter({ name: "by_level", dimensions: [{ name: "level", field: "level" }] }),
      counter({ name: "by_service", dimensions: [{ name: "s", field: "service", values: ["cart", "pay"] }] }),
    ];
    fc.assert(
      fc.property(fc.array(fc.array(event, { maxLength: 8 }), { minLength: 1, maxLength: 5 }), (batch) => {
        const events = batch.flat();
        const found = published(
          new MetricSet(metrics),
          batch.map((one) => one.map((each) => JSON.stringify(each))),
        );
        const valuesOf = (name: string, ...values: string[]) => found.get(JSON.stringify([name, ...values])) ?? [];
        const counted = (is: (one: Event) => boolean) => events.filter(is).length;
        const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
        expect(valuesOf("errors")).toEqual([counted(isError)]);
        expect(sortedNumbers(valuesOf("latency"))).toEqual(
          sortedNumbers(events.filter(isError).flatMap((one) => numberOf(one) ?? [])),
        );
        for (const one of ["error", "warn", "info"])
          expect(sum(valuesOf("by_level", one))).toBe(counted((each) => each.level === one));
        for (const one of ["cart", "pay"])
          expect(sum(valuesOf("by_service", one))).toBe(counted((each) => each.service === one));
        expect(sum(valuesOf("by_service", "other"))).toBe(
          counted((each) => each.service !== "cart" && each.service !== "pay"),
        );
      }),
    );
  });

  it("has values of dimensions that CloudWatch takes, and a limited number of them, whatever events say", () => {
    const dimensions = [
      { name: "a", field: "service" },
      { name: "b", field: "took" },
    ];
    fc.assert(
      fc.property(
        fc.array(fc.array(event, { minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 6 }),
        (batch) => {
          const set = new MetricSet([counter({ dimensions })]);
          const keys = new Set<string>();
          for (const one of batch) {
            const found = published(set, [one.map((each) => JSON.stringify(each))]);
            expect([...found.values()].flat().reduce((all, each) => all + each, 0)).toBe(one.length);
            for (const key of found.keys()) keys.add(key);
          }
          expect(keys.size).toBeLessThanOrEqual(MAX_VALUE_SETS + 1);
          for (const key of keys)
            for (const value of (JSON.parse(key) as string[]).slice(1))
              expect(value).toMatch(/^[!-~]([ -~]{0,1022}[!-~])?$/);
        },
      ),
    );
  });

  it("keeps the first sets of values, of all invocations of an instance, and one for all others", () => {
    const set = new MetricSet([counter({ dimensions: [{ name: "who", field: "who" }] })]);
    const messages = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => JSON.stringify({ who: `u${from + i}` }));
    expect(published(set, [messages(0, MAX_VALUE_SETS)]).size).toBe(MAX_VALUE_SETS);
    const later = published(set, [messages(MAX_VALUE_SETS - 1, MAX_VALUE_SETS + 9)]);
    expect([...later]).toEqual([
      [`["m","u${MAX_VALUE_SETS - 1}"]`, [1]],
      ['["m","other"]', [9]],
    ]);
  });

  it("limits the sets of values while it counts, whatever comes in how many records", () => {
    const dimensions = [{ name: "who", field: "who" }];
    const set = new MetricSet([counter({ dimensions }), counter({ name: "took", value: "took", dimensions })]);
    const all = Array.from({ length: 200 }, (_, record) =>
      set.count(
        envelope(
          Array.from({ length: 60 }, (_, i) => logEvent(i + 1, JSON.stringify({ who: `${record}-${i}`, took: i }))),
        ),
      ),
    );
    for (const i of [0, 1]) {
      const series = all.flatMap(({ tallies }) => [...tallies[i]!.series]);
      expect(new Set(series.map(({ values }) => values)).size).toBe(MAX_VALUE_SETS + 1);
      expect(series.reduce((sum, { count }) => sum + count, 0)).toBe(200 * 60);
    }
  });

  it("keeps nothing of a message but what it has counted", () => {
    const set = new MetricSet([
      counter({ dimensions: [{ name: "who", field: "who" }] }),
      counter({ name: "of", dimensions: [{ name: "who", field: "who", values: ["a-service-with-a-name"] }] }),
    ]);
    const rest = "x".repeat(1_000_000);
    const count = () =>
      set.count(envelope([logEvent(1, `{"who":${JSON.stringify("a-service-with-a-name")},"rest":"${rest}"}`)]));
    const collected = () => {
      collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    count();
    const before = collected();
    const all = Array.from({ length: 40 }, count);
    expect(collected() - before).toBeLessThan(10_000_000);
    expect(all).toHaveLength(40);
  });

  it("shortens a long value to 1,024 characters, and writes those that are not ASCII as question marks", () => {
    const set = new MetricSet([counter({ dimensions: [{ name: "who", field: "who" }] })]);
    const who = ["x".repeat(1_030), "café\n1", " \t ", "", ["a", "b"], { first: 1 }];
    const found = published(set, [who.map((one) => JSON.stringify({ who: one }))]);
    expect([...found]).toEqual(
      ["x".repeat(1_024), "caf??1", "none", "a", "1"].map((value) => [
        JSON.stringify(["m", value]),
        [value === "none" ? 2 : 1],
      ]),
    );
  });

  it("counts an event for which something throws as failed, and all others", () => {
    const set = new MetricSet([counter({ where: [{ field: "user", values: ["joe"] }] })]);
    const parse = (message: string) => {
      if (message === "b") throw new Error("a defect");
      return { fields: { user: "joe" }, rest: "" } as never;
    };
    const tally = set.count(envelope(["a", "b", "c"].map((message, i) => logEvent(i + 1, message))), parse);
    const [sum] = set.sum([tally]);
    expect([sum!.failed, [...sum!.series].map(({ count }) => count)]).toEqual([1, [2]]);
  });
});
