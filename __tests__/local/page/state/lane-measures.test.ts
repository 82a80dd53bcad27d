import { gzipSync } from "node:zlib";
import { documentId } from "../../../../core/events/document-id";
import { chartValues } from "../../../../local/page/browser/lanes/chart-values";
import { FunctionTallies } from "../../../../local/page/state/function-tallies";
import { LagSamples, sampleQuantile } from "../../../../local/page/state/lag-samples";
import { laneCounts } from "../../../../local/page/state/lane-counts";
import { CountHistory } from "../../../../local/page/state/lane-history";
import type { LaneShape } from "../../../../local/page/state/lane-shape";

const metrics = (values: Record<string, number>) =>
  JSON.stringify({
    _aws: {
      Timestamp: 1_795_869_187_020,
      CloudWatchMetrics: [
        { Namespace: "n", Dimensions: [[], []], Metrics: Object.keys(values).map((Name) => ({ Name, Unit: "Count" })) },
      ],
    },
    ...values,
  });

describe("FunctionTallies", () => {
  it("adds up what each function reports, once for all sets of dimensions, and nothing else that it logs", () => {
    const tallies = new FunctionTallies();
    tallies.add("a", metrics({ Events: 10, Duration: 5 }));
    tallies.add("a", metrics({ Events: 3, Duration: 7 }));
    tallies.add("a", 'ERROR {"Events": 100}');
    tallies.add("b", metrics({ Events: 1 }));
    expect(tallies.of("a")).toEqual({ sums: { Events: 13, Duration: 12 }, reports: 2 });
    const before = tallies.of("b");
    tallies.add("b", metrics({ Events: 2 }));
    expect([before.sums.Events, tallies.of("b").sums.Events]).toEqual([1, 3]);
    expect(tallies.of("c")).toEqual({ sums: {}, reports: 0 });
  });
});

describe("LagSamples", () => {
  const group = { owner: "123456789012", logGroup: "foo" };
  const record = (id: string, arrivedMs: number, more: object = {}) => {
    const json = JSON.stringify({ messageType: "DATA_MESSAGE", ...group, logEvents: [{ id }], ...more });
    const data = gzipSync(json).toString("base64");
    return { kinesis: { data, approximateArrivalTimestamp: arrivedMs / 1_000 } };
  };

  it("takes an event of each batch, and measures until it is found, whatever became of the batch meanwhile", () => {
    const samples = new LagSamples();
    const batch = { Records: [record("1", 10_000), record("2", 11_000)] };
    samples.invoked("f", batch, 12_000);
    samples.invoked("f", batch, 13_000);
    expect(samples.waiting).toEqual([documentId("1", group)]);
    expect(samples.iteratorAgeOf("f", 13_000)).toBe(2_000);
    expect(samples.iteratorAgeOf("f", 80_000)).toBeUndefined();
    samples.found([], 14_000);
    expect(samples.lagsOf("f")).toEqual([]);
    samples.found([documentId("1", group), "other"], 15_500);
    expect(samples.lagsOf("f")).toEqual([5_500]);
    expect(samples.lagsOf("g")).toEqual([]);
    expect(samples.waiting).toEqual([]);
  });

  it("looks further where a batch begins with a control message", () => {
    const samples = new LagSamples();
    const control = record("0", 1_000, { messageType: "CONTROL_MESSAGE" });
    samples.invoked("f", { Records: [control, record("1", 1_000), record("2", 1_000)] }, 2_000);
    expect(samples.waiting).toEqual([documentId("1", group)]);
  });

  it("forgets samples after five minutes, found or not", () => {
    const samples = new LagSamples();
    samples.invoked("f", { Records: [record("1", 0)] }, 0);
    samples.invoked("f", { Records: [record("2", 0)] }, 0);
    samples.found([documentId("1", group)], 1_000);
    samples.found([], 301_001);
    expect(samples.waiting).toEqual([]);
    expect(samples.lagsOf("f")).toEqual([]);
  });

  it.each([
    ["nothing", undefined],
    ["a queue's messages", { Records: [{ body: "{}" }] }],
    ["what is no gzip", { Records: [{ kinesis: { data: "AAAA", approximateArrivalTimestamp: 1 } }] }],
    ["a control message", { Records: [record("1", 1, { messageType: "CONTROL_MESSAGE" })] }],
    ["an envelope without events", { Records: [record("1", 1, { logEvents: [] })] }],
    ["an id that is no text", { Records: [record("1", 1, { logEvents: [{ id: 1 }] })] }],
  ])("takes no sample of %s", (_, event) => {
    const samples = new LagSamples();
    samples.invoked("f", event, 2_000);
    expect(samples.waiting).toEqual([]);
  });

  it("has the age of the oldest of a queue's messages, and of a delivery stream's records", () => {
    const samples = new LagSamples();
    const message = (sent: number) => ({ body: "{}", attributes: { SentTimestamp: String(sent) } });
    samples.invoked("queue", { Records: [message(2_000), message(1_000)] }, 5_000);
    samples.invoked("firehose", { records: [{ approximateArrivalTimestamp: 3_000, data: "" }] }, 5_000);
    samples.invoked("nothing", { records: [{}, null, { approximateArrivalTimestamp: "x" }] }, 5_000);
    expect(["queue", "firehose", "nothing"].map((name) => samples.iteratorAgeOf(name, 5_000))).toEqual([
      ...[4_000, 2_000, undefined],
    ]);
  });

  it("has quantiles of values in any order", () => {
    expect(sampleQuantile([], 0.5)).toBeUndefined();
    expect([sampleQuantile([3, 1, 2], 0.5), sampleQuantile([3, 1, 2], 0.95), sampleQuantile([3, 1, 2], 0)]).toEqual([
      2, 3, 1,
    ]);
  });
});

describe("CountHistory", () => {
  it("has a rate over ten seconds, and points where something has come", () => {
    const history = new CountHistory();
    const counts = [0, 0, 100, undefined, 300, 340, 250];
    counts.forEach((indexed, n) => {
      history.add({ atMs: n * 1_000, indexed, lagMs: n === 2 || n === 3 ? 40 : undefined });
    });
    expect(history.history).toEqual({ 2: [100, 40], 3: [0, 40], 5: [40] });
    expect(history.rate).toBeCloseTo(250 / 6, 1);
    history.add({ atMs: 30_000, indexed: 250, lagMs: undefined });
    expect(history.rate).toBe(0);
  });

  it("has a point for each second of a count that took longer", () => {
    const history = new CountHistory();
    history.add({ atMs: 1_900, indexed: 0, lagMs: undefined });
    history.add({ atMs: 4_900, indexed: 30, lagMs: 7 });
    history.add({ atMs: 4_950, indexed: 31, lagMs: undefined });
    expect(history.history).toEqual({ 2: [10], 3: [10], 4: [20, 7] });
  });

  it("keeps five minutes", () => {
    const history = new CountHistory();
    for (let n = 0; n < 400; n++) history.add({ atMs: n * 1_000, indexed: n, lagMs: undefined });
    const seconds = Object.keys(history.history).map(Number);
    expect(seconds).toHaveLength(300);
    expect(seconds.at(-1)).toBe(399);
  });
});

describe("chartValues", () => {
  it("has a value for each second up to now, or a second ago while this one is not counted", () => {
    const { at, perSecond, lagMs } = chartValues({ 998: [5, 40], 999: [7] }, 1_000);
    expect([at.length, at[0], at.at(-1)]).toEqual([300, 700, 999]);
    expect(perSecond.slice(-3)).toEqual([0, 5, 7]);
    expect(lagMs.slice(-3)).toEqual([null, 40, null]);
    expect(chartValues({ 1000: [1] }, 1_000).at.at(-1)).toBe(1_000);
  });
});

describe("laneCounts", () => {
  const lane: LaneShape = {
    ...{ id: "arn:s", kind: "log groups", title: "a, b", sources: [], logGroups: ["a", "b"], destinations: [] },
    archivedAs: ["a", "b", "s"],
    ...{ stream: { kind: "stream", name: "s" }, isAlive: true },
  };
  const subscriptions = [
    { logGroup: "a", streamArn: "arn:s", events: 5 },
    { logGroup: "b", streamArn: "arn:s", events: 2 },
    { logGroup: "a", streamArn: "arn:other", events: 5 },
  ];
  const tally = {
    sums: { RetriedEvents: 1, UnprocessedRecords: 2, RejectedEvents: 3, DeadLetteredRecords: 4 },
    reports: 1,
  };

  it("puts together what log groups, functions, engine and archive count", () => {
    expect(laneCounts(lane, { subscriptions, tally, indexed: 6, archived: 7 })).toEqual({
      ...{ put: 7, indexed: 6, archived: 7, retried: 1, returned: 2, rejected: 3, deadLettered: 4 },
    });
  });

  it("says nothing of what it does not know", () => {
    const nothing = { sums: {}, reports: 0 };
    expect(
      laneCounts(
        { ...lane, logGroups: [], archivedAs: [] },
        { subscriptions: [], tally: nothing, indexed: undefined, archived: undefined },
      ),
    ).toEqual({ retried: 0, returned: 0, rejected: 0, deadLettered: 0 });
  });
});
