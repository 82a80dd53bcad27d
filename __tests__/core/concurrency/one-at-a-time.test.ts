import { setImmediate as nextTurn } from "node:timers/promises";
import { oneAtATime } from "../../../core/concurrency/one-at-a-time";

describe("oneAtATime", () => {
  it("calls each work after those before it have ended, even if they failed", async () => {
    const steps: string[] = [];
    const work = (name: string, fails: boolean) => async () => {
      steps.push(`${name} begins`);
      await nextTurn();
      steps.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    };
    const turn = oneAtATime();
    const outcomes = await Promise.allSettled([turn(work("a", true)), turn(work("b", false)), turn(work("c", false))]);
    expect(outcomes.map((one) => (one.status === "fulfilled" ? one.value : one.reason.message))).toEqual([
      "a",
      "b",
      "c",
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
    expect(steps).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  });
});
