import { chartValues } from "../../../../local/page/browser/lanes/chart-values";
import { FunctionTallies } from "../../../../local/page/state/function-tallies";
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

  it("counts as rejected also the lines of access logs that are too long to be read", () => {
    const ofAccessLogs = { sums: { RejectedEvents: 3, TooLongLines: 2 }, reports: 1 };
    const counted = { subscriptions: [], tally: ofAccessLogs, indexed: undefined, archived: undefined };
    expect(laneCounts(lane, counted)).toMatchObject({ rejected: 5 });
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
