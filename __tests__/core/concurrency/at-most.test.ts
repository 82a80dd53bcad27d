import { atMost } from "../../../core/concurrency/at-most";

describe("atMost", () => {
  it("runs so many works at a time, in their order, also after one that failed", async () => {
    const limited = atMost(2);
    const started: number[] = [];
    const running: ((failed: boolean) => void)[] = [];
    const works = [0, 1, 2, 3, 4].map((n) =>
      limited(() => {
        started.push(n);
        return new Promise<number>((resolve, reject) => {
          running[n] = (failed) => (failed ? reject(new Error(`${n}`)) : resolve(n));
        });
      }).catch((error: Error) => error.message),
    );
    const settled = () => new Promise((resolve) => setImmediate(resolve));
    await settled();
    expect(started).toEqual([0, 1]);
    running[1]!(true);
    await settled();
    expect(started).toEqual([0, 1, 2]);
    running[0]!(false);
    running[2]!(false);
    await settled();
    expect(started).toEqual([0, 1, 2, 3, 4]);
    running[3]!(false);
    running[4]!(true);
    expect(await Promise.all(works)).toEqual([0, "1", 2, 3, "4"]);
  });
});
