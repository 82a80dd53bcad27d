import type { FaultyProxy, RequestFault } from "../../local/faults/proxy";
import { CountsByName } from "../../soak/counts-by-name";
import { FAULTS, type FaultName, type FaultPlace } from "../../soak/fault-plan";
import { type FaultTargets, inject } from "../../soak/inject";

const BULK = { method: "POST", url: "/_bulk" };

const WINDOW_MS = 40;

/** Targets that note their calls; a proxy asks for the fault of 100 requests as soon as it has one. */
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
        for (let n = 0; n < 100; n++) faults.push(...[decide(BULK) ?? []].flat());
      },
      refuse: async () => void done.push(`${name} refuses`),
      accept: async () => void done.push(`${name} accepts`),
      stop: async () => {},
    };
  };
  const targets: FaultTargets = {
    searchProxy: proxy("search"),
    archiveProxy: proxy("archive"),
    queueProxy: proxy("queue"),
    streamProxy: proxy("stream"),
    applications: [
      {
        kill: async () => void done.push("application killed"),
        killAfterFlush: async () => void done.push("application killed after a flush"),
        freeze: async () => void done.push("application frozen"),
      },
    ],
    deliverAgain: async () => void done.push("delivered again"),
    restartSearch: async () => void done.push("search restarted"),
    lambda: { kill: async () => void done.push("killed"), freeze: () => void done.push("frozen") },
    blockIndices: async (blocked) => void done.push(blocked ? "blocked" : "unblocked"),
  };
  const counts = new CountsByName();
  const run = <P extends FaultPlace>(place: P, name: FaultName<P>, seed = 1) =>
    inject(place, { name, startMs: 0, endMs: WINDOW_MS, seed }, targets, counts);
  return { targets, done, faults, counts, run };
}

const places = Object.keys(FAULTS) as FaultPlace[];
const all = places.flatMap((place) => FAULTS[place].map((name) => [place, name] as const));

describe("inject", () => {
  it.each(all.filter(([place]) => place !== "function" && place !== "application"))(
    "counts each fault: %s %s",
    async (place, name) => {
      const { done, faults, counts, run } = prepare();
      await run(place, name);
      const times = counts.of(`${place} ${name}`);
      expect(times).toBeGreaterThan(0);
      expect(counts.entries()).toEqual([[`${place} ${name}`, times]]);
      expect(done.length + faults.length).toBeGreaterThanOrEqual(times);
    },
  );

  it.each([
    ["search", "refuses connections", ["search refuses", "search accepts"]],
    ["archive", "refuses connections", ["archive refuses", "archive accepts"]],
    ["search", "blocks its indices", ["blocked", "unblocked"]],
    ["search", "killed", ["search restarted"]],
    ["function", "killed", ["killed"]],
    ["function", "frozen", ["frozen"]],
    ["queue", "refuses connections", ["queue refuses", "queue accepts"]],
    ["queue", "delivers again", ["delivered again"]],
    ["stream", "refuses connections", ["stream refuses", "stream accepts"]],
    ["application", "killed", ["application killed"]],
    ["application", "killed after a flush", ["application killed after a flush"]],
    ["application", "frozen", ["application frozen"]],
  ] as const)("undoes the fault in the end: %s %s", async (place, name, expected) => {
    const { done, counts, run } = prepare();
    await run(place, name);
    expect(done).toEqual(expected);
    expect(counts.entries()).toEqual([[`${place} ${name}`, 1]]);
  });

  it("breaks some requests and passes others, then passes all", async () => {
    const { targets, faults, run } = prepare();
    const running = run("search", "answers by half");
    expect(faults.length).toBeGreaterThan(40);
    expect(faults.length).toBeLessThan(80);
    await running;
    expect(targets.searchProxy.fault(BULK)).toBeUndefined();
  });

  it("injects the same faults for the same seed", async () => {
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
