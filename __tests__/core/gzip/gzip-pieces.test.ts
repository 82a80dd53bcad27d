import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { gzipPieces } from "../../../core/gzip/gzip-pieces";

const MIB = 1024 * 1024;

describe("gzipPieces", () => {
  it("inflates to the pieces in their order, however long they are", () => {
    const piece = fc
      .tuple(fc.string({ unit: "grapheme" }), fc.constantFrom(0, 1, 1000, MIB))
      .map(([text, times]) => text + "x".repeat(times));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        expect(gunzipSync(gzipPieces(pieces)).toString() === pieces.join("")).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it("is legal gzip without any piece", () => {
    expect(gunzipSync(gzipPieces([]))).toEqual(Buffer.alloc(0));
  });

  it("requests no further piece before it has compressed those of a MiB", () => {
    let compressed = 0;
    const begun = Buffer.byteLength("x".repeat(MIB));
    function* pieces() {
      for (let i = 0; i < 4; i++) {
        yield "x".repeat(begun);
        compressed++;
      }
    }
    const members = gzipPieces(pieces());
    expect(compressed).toBe(4);
    // A member begins with gzip's magic number and the method "deflate".
    expect(members.toString("latin1").split("\x1f\x8b\b").length - 1).toBe(4);
  });
});
