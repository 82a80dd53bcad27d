import { OncePerSecond } from "../../../../local/page/search/once-per-second";

let now: number;
let asked: number;
let answers: OncePerSecond<number>;
const ask = (key = "a") => answers.ask(key, async () => ++asked);

beforeEach(() => {
  [now, asked] = [0, 0];
  answers = new OncePerSecond<number>(() => now);
});

describe("OncePerSecond", () => {
  it("asks once a second, whoever asks how often", async () => {
    for (now = 0; now < 10_000; now += 10) await ask();
    expect(asked).toBe(10);
  });

  it("asks each question", async () => {
    expect(await Promise.all([ask("a"), ask("b"), ask("a")])).toEqual([1, 2, 1]);
  });

  it("asks again after a failure", async () => {
    await expect(answers.ask("a", () => Promise.reject(new Error("busy")))).rejects.toThrow("busy");
    expect(await ask()).toBe(1);
  });
});
