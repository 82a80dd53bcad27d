import { inject, type Targets } from "../../soak/inject";
import { FAULTS, type FaultName, type Place } from "../../soak/plan";
import type { FaultyProxy, RequestFault } from "../../soak/proxy";
import { Tally } from "../../soak/tally";

const WINDOW_MS = 40;

/** Targets that note what is done to them; while a proxy breaks requests, it is asked about 100 of them. */
function prepare() {
  const done: string[] = [];
  const faults: RequestFault[] = [];
  const proxy = (name: string): FaultyProxy => {
    let fault: FaultyProxy["fault"] = () => undefined;
    return {
      url: "",
      get fault() {
        return fault;
      },
      set fault(decide) {
        fault = decide;
        for (let n = 0; n < 100; n++) faults.push(...[decide() ?? []].flat());
      },
      refuse: async () => void done.push(`${name} refuses`),
      accept: async () => void done.push(`${name} accepts`),
      stop: async () => {},
    };
  };
  const targets: Targets = {
    searchProxy: proxy("search"),
    archiveProxy: proxy("archive"),
    restartSearch: async () => void done.push("search restarted"),
    lambda: { kill: async () => void done.push("killed"), freeze: () => void done.push("frozen") },
    blockIndices: async (blocked) => void done.push(blocked ? "blocked" : "unblocked"),
  };
  const tally = new Tally();
  const run = <P extends Place>(place: P, name: FaultName<P>, seed = 1) =>
    inject(place, { name, startMs: 0, endMs: WINDOW_MS, seed }, targets, tally);
  return { targets, done, faults, tally, run };
}

const places = Object.keys(FAULTS) as Place[];
const all = places.flatMap((place) => FAULTS[place].map((name) => [place, name] as const));

describe("inject", () => {
  it.each(all.filter(([place]) => place !== "function"))("counts what it does: %s %s", async (place, name) => {
    const { done, faults, tally, run } = prepare();
    await run(place, name);
    const times = tally.of(`${place} ${name}`);
    expect(times).toBeGreaterThan(0);
    expect(tally.entries()).toEqual([[`${place} ${name}`, times]]);
    expect(done.length + faults.length).toBeGreaterThanOrEqual(times);
  });

  it.each([
    ["search", "refuses connections", ["search refuses", "search accepts"]],
    ["archive", "refuses connections", ["archive refuses", "archive accepts"]],
    ["search", "blocks its indices", ["blocked", "unblocked"]],
    ["search", "killed", ["search restarted"]],
    ["function", "killed", ["killed"]],
    ["function", "frozen", ["frozen"]],
  ] as const)("ends what it has begun: %s %s", async (place, name, expected) => {
    const { done, tally, run } = prepare();
    await run(place, name);
    expect(done).toEqual(expected);
    expect(tally.entries()).toEqual([[`${place} ${name}`, 1]]);
  });

  it("breaks some requests, lets others through, and all of them in the end", async () => {
    const { targets, faults, run } = prepare();
    const running = run("search", "answers by half");
    expect(faults.length).toBeGreaterThan(40);
    expect(faults.length).toBeLessThan(80);
    await running;
    expect(targets.searchProxy.fault()).toBeUndefined();
  });

  it("breaks them the same way for the same seed", async () => {
    const [one, same, other] = [prepare(), prepare(), prepare()];
    await Promise.all([
      one.run("search", "answers 429", 5),
      same.run("search", "answers 429", 5),
      other.run("search", "answers 429", 6),
    ]);
    expect(one.faults).toEqual(same.faults);
    expect(one.faults).not.toEqual(other.faults);
    const headers = one.faults.map((fault) => fault.kind === "answer" && Object.keys(fault.headers ?? {}).join());
    expect(new Set(headers)).toEqual(new Set(["", "retry-after"]));
  });
});
