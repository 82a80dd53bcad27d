import type { ReplayProcess } from "../../../../local/page/quarantine/replay-process";
import { ReplayRuns } from "../../../../local/page/quarantine/replay-runs";

/** A replay whose end the test decides. */
function fakeReplay() {
  let end: (how: string) => void = () => {};
  let print: (line: string) => void = () => {};
  const done: string[] = [];
  const process: ReplayProcess = {
    ended: new Promise((resolve) => {
      end = resolve;
    }),
    interrupt: () => void done.push("interrupt"),
    async stop() {
      done.push("stop");
      end("signal SIGKILL");
    },
  };
  return {
    done,
    end: (how: string) => end(how),
    print: (line: string) => print(line),
    begun: (prepare = async () => {}) => ({
      request: { kind: "rejected" as const, from: "a", to: "b", isDryRun: false },
      ...{ command: "npm run replay", prepare, words: ["--kind", "rejected"] },
      start: (_: readonly string[], onLine: (line: string) => void) => {
        print = onLine;
        return process;
      },
    }),
  };
}

const untilStarted = () => new Promise((resolve) => setImmediate(resolve));

describe("ReplayRuns", () => {
  it("shows what a replay prints, how long it takes, and how it ends", async () => {
    let now = 1_000;
    const [runs, replay] = [new ReplayRuns(() => now), fakeReplay()];
    expect(runs.shown).toBeUndefined();
    const over = runs.begin(replay.begun());
    await untilStarted();
    replay.print("events found 3");
    now += 1_500;
    expect(runs.shown).toMatchObject({
      number: 1,
      phase: "running",
      isCancelled: false,
      seconds: 1.5,
      lines: ["events found 3"],
    });
    expect(runs.isRunning).toBe(true);
    replay.end("exit status 1");
    await over;
    expect(runs.shown).toMatchObject({ phase: "over", exitCode: 1 });
    expect(runs.isRunning).toBe(false);
  });

  it("is cancelled as by Ctrl-C, again, and killed at the third time", async () => {
    const [runs, replay] = [new ReplayRuns(), fakeReplay()];
    const over = runs.begin(replay.begun());
    await untilStarted();
    runs.cancel();
    expect(runs.shown).toMatchObject({ phase: "cancelling", isCancelled: true });
    runs.cancel();
    runs.cancel();
    await over;
    expect(replay.done).toEqual(["interrupt", "interrupt", "stop"]);
    expect(runs.shown).toMatchObject({ phase: "over", lines: ["It ended by signal SIGKILL."] });
    expect(runs.shown).not.toHaveProperty("exitCode");
    runs.cancel();
    expect(replay.done).toHaveLength(3);
  });

  it("does not begin what was cancelled while it was prepared, or cannot be prepared", async () => {
    const runs = new ReplayRuns();
    await runs.begin(fakeReplay().begun(async () => runs.cancel()));
    expect(runs.shown).toMatchObject({ phase: "over", lines: ["Cancelled before it began: nothing was done."] });
    await runs.begin(fakeReplay().begun(() => Promise.reject(new Error("terraform: no state"))));
    expect(runs.shown).toMatchObject({ number: 2, phase: "over", lines: ["terraform: no state"] });
  });

  it("remembers the last 200 lines, and the beginning of each", async () => {
    const [runs, replay] = [new ReplayRuns(), fakeReplay()];
    void runs.begin(replay.begun());
    await untilStarted();
    for (let n = 0; n < 250; n++) replay.print(`${n} ${"x".repeat(5_000)}`);
    const { lines, omitted } = runs.shown!;
    expect([lines.length, omitted, lines[0]!.slice(0, 3), lines[0]!.length]).toEqual([200, 50, "50 ", 2_001]);
    await runs.stop();
    expect(replay.done).toEqual(["stop"]);
  });
});
