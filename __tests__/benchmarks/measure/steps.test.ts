import { batchOf } from "../../../benchmarks/corpus/batches";
import { textOfSize } from "../../../benchmarks/corpus/corpora";
import { percentages, stepsOf } from "../../../benchmarks/measure/steps";

const { event } = batchOf(textOfSize(140), 3, 4);

describe("stepsOf", () => {
  it("times base64, inflating, signing each body, and of the rest what is neither", () => {
    // Each reading takes a millisecond.
    let asked = 0;
    expect(stepsOf(event, () => asked++)).toEqual({ base64: 1, inflate: 1, write: 1, sign: 1 });
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
