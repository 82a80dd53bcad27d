import fc from "fast-check";
import { isLong, jsonStringPieces } from "../../../core/json/string-pieces";

const PIECE = 64 * 1024;
const quoted = (text: string) => `"${[...jsonStringPieces(text)].join("")}"`;

describe("jsonStringPieces", () => {
  it("writes any text as JSON.stringify does, wherever a piece ends", () => {
    const unit = fc.constantFrom(
      "x",
      '"',
      "\\",
      "\n",
      "\u001b",
      "\u00e4",
      "\u2028",
      "\ud83d\ude00",
      "\ud83d",
      "\ude00",
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 20 }), fc.integer({ min: -10, max: 2 }), (units, shift) => {
        const text = "x".repeat(PIECE + shift) + units.join("") + "y".repeat(PIECE);
        expect(quoted(text) === JSON.stringify(text)).toBe(true);
      }),
    );
  });

  it("yields pieces of bounded size, none for an empty text", () => {
    const pieces = [...jsonStringPieces("\u001b".repeat(10 * PIECE))];
    expect(Math.max(...pieces.map(({ length }) => length))).toBe(6 * PIECE);
    expect([...jsonStringPieces("")]).toEqual([]);
  });

  it("calls a text long that has more than one piece", () => {
    expect([PIECE, PIECE + 1].map((length) => isLong("x".repeat(length)))).toEqual([false, true]);
  });
});
