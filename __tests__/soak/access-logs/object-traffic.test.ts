import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import type { DraftObject } from "../../../soak/access-logs/draft-object";
import { gzipMembers } from "../../../soak/access-logs/object-bodies";
import { eventsIn, ObjectTraffic } from "../../../soak/access-logs/object-traffic";
import { Random } from "../../../tools/random";

const COUNT = 200;

function drafts(seed: number): DraftObject[] {
  const traffic = new ObjectTraffic(new Random(seed));
  return Array.from({ length: COUNT }, () => traffic.next());
}

const isGzip = (body: Buffer) => body[0] === 0x1f && body[1] === 0x8b;

describe("ObjectTraffic", () => {
  const all = drafts(1);

  it("puts the same objects for the same seed, each under a key of its own", () => {
    const same = drafts(1);
    expect(all.every(({ key, body }, n) => key === same[n]!.key && body.equals(same[n]!.body))).toBe(true);
    expect(new Set(all.map(({ key }) => key)).size).toBe(COUNT);
  });

  it("has objects of each kind", () => {
    const kinds: [string, (draft: DraftObject) => boolean][] = [
      ["plain", ({ body, events }) => events.size > 0 && !isGzip(body)],
      ["gzip", ({ body, unreadable }) => unreadable === "never" && isGzip(body)],
      ["broken gzip", ({ unreadable }) => unreadable === "always"],
      ["no logs", ({ events, perhaps, tooLong }) => events.size + perhaps.size + tooLong.length === 0],
      ["too long lines", ({ tooLong }) => tooLong.length > 0],
      ["deleted", ({ then }) => then === "deleted"],
      ["overwritten", ({ then }) => then === "overwritten"],
      ["thousands of lines", ({ events }) => events.size >= 4_000],
    ];
    expect(kinds.filter(([, is]) => !all.some(is)).map(([kind]) => kind)).toEqual([]);
  });

  it("breaks what is to be unreadable, and nothing else", () => {
    for (const { body, unreadable } of all) {
      if (unreadable === "always")
        expect(() => gunzipSync(body)).toThrow(/unexpected end of file|incorrect data check/);
      else if (isGzip(body)) expect(() => gunzipSync(body)).not.toThrow();
    }
  });
});

describe("gzipMembers", () => {
  it("compresses the whole text, and tells what lies before the last member", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(), (bytes, seed) => {
        const text = Buffer.from(bytes);
        const { body, beforeLast, lastBytes } = gzipMembers(text, new Random(seed));
        expect(gunzipSync(body)).toEqual(text);
        expect(gunzipSync(body.subarray(-lastBytes))).toEqual(text.subarray(beforeLast));
      }),
    );
  });
});

describe("eventsIn", () => {
  it.each([
    ["elb_access", "a\nb\n\nc", { 0: "a", 1: "b", 3: "c" }],
    ["cloudfront_access", "#Version: 1.0\n#Fields: date\na\tb\n", { 2: "a\tb" }],
    ["vpc_flow", "version account-id\n2 111111111111\n", { 1: "2 111111111111" }],
    ["cloudtrail", '{"Records":[{"a":1},{"b":[]}]}', { 0: '{"a":1}', 1: '{"b":[]}' }],
  ] as const)("counts lines of %s from 0, headers and blank lines included", (format, text, expected) => {
    const { events, tooLong } = eventsIn(Buffer.from(text), format);
    expect([Object.fromEntries(events), tooLong]).toEqual([expected, []]);
  });

  it("sets a line of more than 1 MiB apart", () => {
    const [most, more] = [1024 ** 2, 1024 ** 2 + 1].map((length) => "x".repeat(length));
    const { events, tooLong } = eventsIn(Buffer.from(`${most}\n${more}\n`));
    expect([[...events.keys()], tooLong]).toEqual([[0], [1]]);
  });
});
