import fc from "fast-check";
import { BitSet } from "../../../local/delivery/bit-set";

describe("BitSet", () => {
  it("holds what a Set holds", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100_000 })), (numbers) => {
        const [bits, set] = [new BitSet(), new Set<number>()];
        for (const number of numbers) {
          expect(bits.add(number)).toBe(!set.has(number));
          set.add(number);
        }
        for (const number of [...numbers, ...numbers.map((each) => each + 1)]) {
          expect(bits.has(number)).toBe(set.has(number));
        }
      }),
    );
  });
});
