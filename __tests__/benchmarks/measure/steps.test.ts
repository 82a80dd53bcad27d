import zlib from "node:zlib";
import { batchOf } from "../../../benchmarks/corpus/batches";
import { textOfSize } from "../../../benchmarks/corpus/corpora";
import { percentages, stepsOf } from "../../../benchmarks/measure/steps";

const { event } = batchOf(textOfSize(140), 3, 4);

/** A clock that advances by a millisecond with each call. */
function clock(): () => number {
  let ms = 0;
  return () => ms++;
}

describe("stepsOf", () => {
  it("times inflating each record and signing each body within one pass; all steps add up to it", () => {
    let asked = 0;
    const now = () => asked++;
    const steps = stepsOf(event, now);
    expect(steps).toMatchObject({ base64: 1, inflate: 3, sign: 1 });
    expect(steps.base64 + steps.inflate + steps.write + steps.sign).toBe(asked - 1);
  });

  it("restores gunzip, even after a failure", () => {
    const { gunzipSync } = zlib;
    stepsOf(event, clock());
    expect(zlib.gunzipSync).toBe(gunzipSync);
    let calls = 0;
    const fails = () => {
      if (++calls > 3) throw new Error("no clock");
      return 0;
    };
    expect(() => stepsOf(event, fails)).toThrow("no clock");
    expect(zlib.gunzipSync).toBe(gunzipSync);
  });
});

describe("percentages", () => {
  it.each([
    [
      { a: 1, b: 1, c: 1 },
      { a: 33, b: 34, c: 33 },
    ],
    [
      { a: 0.2, b: 0, c: 0.6 },
      { a: 25, b: 0, c: 75 },
    ],
  ])("of %j are whole and add up to 100: %j", (parts, expected) => {
    expect(percentages(parts)).toEqual(expected);
  });
});
