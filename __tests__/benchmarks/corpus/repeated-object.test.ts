import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { gzipMember, repeatedBytes } from "../../../benchmarks/corpus/repeated-object";

describe("gzipMember", () => {
  it("has as many lines as asked for, each an access log's of its own", () => {
    const lines = gunzipSync(gzipMember(200)).toString().trimEnd().split("\n");
    expect(new Set(lines).size).toBe(200);
    for (const line of lines) expect(line).toMatch(/^\S+ \S+ app\/shop\/.* TID_[0-9a-f]{32}$/);
  });
});

describe("repeatedBytes", () => {
  it("gives the bytes of the whole object from any of them on", () => {
    const member = Buffer.from("abcdefg");
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 34 }), (times, from) => {
        const whole = Buffer.from("abcdefg".repeat(times));
        expect(Buffer.concat([...repeatedBytes({ member, times }, from)])).toEqual(whole.subarray(from));
      }),
    );
  });

  it("is gzip of several members", () => {
    const member = gzipMember(10);
    const whole = gunzipSync(Buffer.concat([...repeatedBytes({ member, times: 3 })])).toString();
    expect(whole).toBe(gunzipSync(member).toString().repeat(3));
  });
});
