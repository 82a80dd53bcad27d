import fc from "fast-check";
import { jsonStringBytes, MAX_BYTES_PER_BYTE } from "../../../core/json/string-size";

/** Size of a text in JSON, by writing it. */
const written = (text: string) => Buffer.byteLength(JSON.stringify(text)) - 2;

describe("jsonStringBytes", () => {
  it("returns the size that any bytes take as a JSON string, UTF-8 or not", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = Buffer.from(bytes).toString();
        expect(jsonStringBytes(bytes, text)).toBe(written(text));
      }),
    );
  });

  it("never exceeds the most that a byte can take", () => {
    for (let code = 0; code < 256; code++) {
      const bytes = Buffer.from([code]);
      expect(jsonStringBytes(bytes, bytes.toString())).toBeLessThanOrEqual(MAX_BYTES_PER_BYTE);
    }
  });
});
