import fc from "fast-check";
import { halvesDifference, halvesOf, halvesSum, hexOf, idHash } from "../../../core/receipts/id-hash";

const numberOf = (hex: string) => BigInt(`0x${hex}`);

describe("idHash", () => {
  // By the package xxhash 3.x of Python.
  it.each([
    ["39345678901234567890123456789012345678901234567890123456", "8f2fb0f60b5e01ce"],
    ["0".repeat(56), "b05a7875675089e1"],
    ["01JDQ8Z0T3V5W7X9Y1A2B3C4D5", "f5bbba149ebdff90"],
    ["shardId-000000000000:49590338271490256608559692538361571095921575989136588898:7", "724012417acc74a2"],
    ["ä€😀", "4c99a7c13dd019cc"],
    ["x".repeat(495), "1fca503ffa0d8f05"],
    ["12345", "c6f2d2dd0ad64fb6"],
    ["", "ef46db3751d8e999"],
  ])("is XXH64 of %j", (id, hash) => {
    expect(hexOf(idHash(id))).toBe(hash);
  });

  it("leaves nothing of an id behind", () => {
    const short = idHash("12345");
    idHash("x".repeat(495));
    expect(idHash("12345")).toEqual(short);
  });
});

const hash = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((number) => number.toString(16).padStart(16, "0"));

describe("halvesSum and halvesDifference", () => {
  it("calculate modulo 2^64", () => {
    fc.assert(
      fc.property(hash, hash, (one, other) => {
        const sum = halvesSum(halvesOf(one), halvesOf(other));
        expect(numberOf(hexOf(sum))).toBe(BigInt.asUintN(64, numberOf(one) + numberOf(other)));
        expect(hexOf(halvesDifference(sum, halvesOf(other)))).toBe(one);
      }),
    );
  });

  it("carry from the lower half to the upper one", () => {
    expect(hexOf(halvesSum(halvesOf("00000000ffffffff"), halvesOf("0000000000000001")))).toBe("0000000100000000");
    expect(hexOf(halvesSum(halvesOf("ffffffffffffffff"), halvesOf("0000000000000001")))).toBe("0000000000000000");
    expect(hexOf(halvesDifference(halvesOf("0000000000000000"), halvesOf("0000000000000001")))).toBe(
      "ffffffffffffffff",
    );
  });
});
