import fc from "fast-check";
import { minimized } from "./minimize";

describe("minimized", () => {
  it("returns the smallest bytes of which the failure is still true", () => {
    const long = Buffer.from(`${"x".repeat(300)}needle${"y".repeat(777)}`);
    expect(minimized(long, (bytes) => bytes.includes("needle")).toString()).toBe("needle");
  });

  it("returns bytes that fail, none of which can be left out", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: fc.constantFrom("a", "b", "c") }), (text) => {
        const counts = (bytes: Buffer) => bytes.toString().split("a").length - 1;
        const wanted = counts(Buffer.from(text));
        expect(minimized(Buffer.from(text), (bytes) => counts(bytes) === wanted).toString()).toBe("a".repeat(wanted));
      }),
    );
  });
});
