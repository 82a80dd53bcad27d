import { indexSetup } from "../../../core/indices/index-setup";
import { ContentsEngine, rejectedWith } from "../../support/contents-engine";
import { pipelineIndices } from "../../support/pipeline-indices";

function prepare(indices = pipelineIndices()) {
  const engine = new ContentsEngine();
  const clock = { nowMs: 1_000 };
  const setup = indexSetup(indices, { send: engine.send, monotonicMs: () => clock.nowMs });
  return { engine, clock, setup };
}

describe("indexSetup", () => {
  it("asks the engine once in a process, whatever its invocations", async () => {
    const { engine, clock, setup } = prepare();
    for (let n = 0; n < 5; n++) {
      expect(await setup(60_000)).toEqual([]);
      clock.nowMs += 86_400_000;
    }
    expect(engine.calls).toEqual(["GET /_index_template/logs", "PUT /_index_template/logs"]);
  });

  it("asks nothing where the template is somebody else's", async () => {
    const { engine } = prepare();
    const setup = indexSetup(undefined, { send: engine.send, monotonicMs: () => 0 });
    expect([await setup(60_000), engine.calls]).toEqual([[], []]);
  });

  it("tries again after ten seconds, then after twice as long, and at last once an hour", async () => {
    const { engine, clock, setup } = prepare();
    engine.meddle = () => rejectedWith(403, "security_exception");
    const attempts: number[] = [];
    for (let second = 0; second <= 15_000; second += 10) {
      if ((await setup(60_000)).length > 0) attempts.push(second);
      clock.nowMs += 10_000;
    }
    expect(attempts).toEqual([0, 10, 30, 70, 150, 310, 630, 1270, 2550, 5110, 8710, 12310]);
    engine.meddle = () => undefined;
    clock.nowMs += 3_600_000;
    expect(await setup(60_000)).toEqual([]);
    expect(engine.templates.size).toBe(1);
  });

  it.each([
    [900_000, 5_000],
    [8_000, 2_000],
  ])("holds up a batch with %i ms left by no more than %i ms", async (remainingMs, limitMs) => {
    const { engine, setup } = prepare();
    await setup(remainingMs);
    expect(engine.requests[0]!.timeoutMs).toBe(limitMs);
  });

  it("sends nothing where no time is left", async () => {
    const { engine, setup } = prepare();
    expect([await setup(0), engine.calls]).toEqual([[expect.stringContaining("no time was left")], []]);
  });
});
