import { type Deferred, deferred } from "../../../../../local/deferred";
import type { AuditOutcome } from "../../../../../local/page/state/audits/audit-outcome";
import { type AuditTarget, LaneAudits } from "../../../../../local/page/state/audits/lane-audits";

const counts = { retried: 0, returned: 0, rejected: 0, deadLettered: 0 };
const none = { missing: 0, duplicate: 0, extra: 0, altered: 0 };
const outcome = (groups: Record<string, object>, more: Partial<AuditOutcome> = {}): AuditOutcome => ({
  groups: new Map(Object.entries(groups).map(([name, one]) => [name, { ...none, ...one }])),
  ...{ findings: [], error: undefined },
  ...more,
});

/** Lanes that are looked at once a second; audits take a second unless they are held. */
function watched(lanes: AuditTarget["lanes"]) {
  let nowMs = 1_000_000;
  let result = outcome({});
  let held: Deferred<void> | undefined;
  const runs: number[] = [];
  const audits = new LaneAudits(
    async () => {
      runs.push(nowMs);
      await held?.promise;
      nowMs += 1_000;
      return result;
    },
    () => nowMs,
  );
  const indexed = new Map(lanes.map(({ id }) => [id, 10]));
  const target: AuditTarget = { lanes, prepare: async () => [{ args: [], command: "npm run audit" }] };
  const second = async (isReady = true): Promise<void> => {
    nowMs += 1_000;
    const counted = new Map([...indexed].map(([id, n]) => [id, { ...counts, indexed: n }]));
    const ended = audits.update([target], counted, isReady);
    if (!held) await ended;
  };
  return {
    ...{ audits, runs, indexed },
    answer: (next: AuditOutcome) => {
      result = next;
    },
    hold: (until: Deferred<void> | undefined) => {
      held = until;
    },
    async seconds(n: number, isReady = true) {
      for (let i = 0; i < n; i++) await second(isReady);
    },
  };
}

describe("LaneAudits", () => {
  const lanes = [
    { id: "foo", names: ["foo"] },
    { id: "bar", names: ["bar", "stream"] },
  ];

  it("audits lanes that are still, once until something has changed", async () => {
    const { audits, runs, indexed, answer, seconds } = watched(lanes);
    expect(audits.of("foo")).toBeUndefined();
    await seconds(5);
    expect(runs).toHaveLength(0);
    expect(audits.of("foo")).toEqual({ isRunning: false, findings: [] });
    answer(outcome({ foo: {}, bar: { duplicate: 1 }, stream: { missing: 2 } }));
    await seconds(60);
    expect(runs).toHaveLength(1);
    expect(audits.of("foo")).toMatchObject({
      atMs: runs[0],
      found: { lost: 0, duplicated: 0 },
      command: "npm run audit",
    });
    expect(audits.of("bar")?.found).toEqual({ lost: 2, duplicated: 1, extra: 0, altered: 0 });
    indexed.set("foo", 9);
    answer(outcome({ foo: { missing: 1 } }));
    await seconds(6);
    expect(runs).toHaveLength(2);
    expect(audits.of("foo")?.found?.lost).toBe(1);
    expect(audits.of("bar")?.found?.duplicated).toBe(0);
  });

  it("waits while events are on their way, the start goes on or the engine does not answer", async () => {
    const { runs, indexed, seconds } = watched([lanes[0]!]);
    for (let n = 0; n < 30; n++) {
      indexed.set("foo", n);
      await seconds(3);
    }
    expect(runs).toHaveLength(0);
    await seconds(30, false);
    expect(runs).toHaveLength(0);
    await seconds(1);
    expect(runs).toHaveLength(1);
  });

  it("never runs two audits, and takes no result for a lane that has moved meanwhile", async () => {
    const { audits, runs, indexed, answer, hold, seconds } = watched(lanes);
    const held = deferred<void>();
    hold(held);
    answer(outcome({ foo: { missing: 1 }, bar: { missing: 1 } }));
    await seconds(10);
    indexed.set("foo", 11);
    await seconds(10);
    expect(runs).toHaveLength(1);
    expect(audits.of("foo")?.isRunning).toBe(true);
    hold(undefined);
    held.resolve();
    await new Promise(setImmediate);
    expect(audits.of("foo")).toEqual({ isRunning: false, findings: [] });
    expect(audits.of("bar")?.found?.lost).toBe(1);
    answer(outcome({}));
    await seconds(120);
    expect(runs).toHaveLength(2);
    expect(audits.of("foo")?.found?.lost).toBe(0);
  });

  it("says why an audit has failed, and repeats it less often", async () => {
    const { audits, runs, answer, seconds } = watched(lanes);
    answer(outcome({}, { error: "a shard fails" }));
    await seconds(20);
    expect(runs).toHaveLength(1);
    expect(audits.of("foo")).toMatchObject({ error: "a shard fails", isRunning: false });
    expect(audits.of("foo")?.found).toBeUndefined();
    answer(outcome({}));
    await seconds(10);
    expect(runs).toHaveLength(2);
    expect(audits.of("foo")?.error).toBeUndefined();
  });

  it("says nothing while there is nothing to compare, and what cannot be prepared", async () => {
    const audits = new LaneAudits(
      () => Promise.reject(new Error("never")),
      () => nowMs,
    );
    let nowMs = 0;
    const target = (prepare: AuditTarget["prepare"]) => ({ lanes: [lanes[0]!], prepare });
    const nothing = target(async () => []);
    await audits.update([nothing], new Map([["foo", counts]]), true);
    nowMs = 10_000;
    await audits.update([nothing], new Map([["foo", counts]]), true);
    expect(audits.of("foo")).toEqual({ isRunning: false, findings: [] });
    const failing = target(() => Promise.reject(new Error("ENOSPC")));
    for (const indexed of [1, 1]) {
      nowMs += 60_000;
      await audits.update([failing], new Map([["foo", { ...counts, indexed }]]), true);
    }
    expect(audits.of("foo")?.error).toBe("ENOSPC");
  });
});
