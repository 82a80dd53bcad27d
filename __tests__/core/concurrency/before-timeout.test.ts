import { beforeTimeout } from "../../../core/concurrency/before-timeout";

describe("beforeTimeout", () => {
  it("returns what is awaited, or what it throws", async () => {
    expect(await beforeTimeout(60_000, Promise.resolve(7))).toBe(7);
    await expect(beforeTimeout(60_000, Promise.reject(new Error("no")))).rejects.toThrow("no");
  });

  it.each([[0], [-1], [1]])("waits no longer than %i ms", async (ms) => {
    expect(await beforeTimeout(ms, new Promise(() => {}))).toBeUndefined();
  });
});
