import fc from "fast-check";
import { anyText, jsonObjectText, jsonText } from "../../support/json-texts";
import { envelope, logEvent } from "../../support/kinesis";
import { expectSame, plain, spliced } from "../../support/spliced";

/** `npm run nightly` sets it. */
const RUNS = Number(process.env.SPLICE_RUNS ?? 1000);
jest.setTimeout(60_000 + RUNS * 20);

const hugeNumbers = [
  '{"n":"1e-1000"}',
  '{"n":["12e45678"]}',
  '{"n":"\\u0031e-99999"}',
  '{"n":"\u0661E-12345"}',
  '{"n":"1e-9"}',
];
const dates = ["2026-11-21", '{"message":"2026-11-21"}'];
const message = fc.oneof(anyText, jsonObjectText, jsonText, fc.constantFrom(...dates, ...hugeNumbers));
const timestamp = fc.integer({ min: 1_000_000_000_000, max: 9_999_999_999_999 });
const events = fc
  .array(fc.tuple(message, timestamp), { minLength: 1, maxLength: 6 })
  .map((some) => some.map(([text, time], n) => logEvent(n, text, time)));
const names = fc.record({ owner: anyText, logGroup: anyText, logStream: anyText });

describe("the fast path", () => {
  it("takes each envelope that is written as CloudWatch Logs does, whatever its events say", () => {
    const text = fc.tuple(events, names).map(([some, where]) => JSON.stringify(envelope(some, where)));
    fc.assert(
      fc.property(text, (one) => {
        expect(spliced(one)).toEqual(plain(one));
      }),
      { numRuns: RUNS },
    );
  });

  it("makes the same as the plain path of any escapes, or leaves them to it", () => {
    let taken = 0;
    const written = fc.tuple(events, fc.infiniteStream(fc.nat(3))).map(([some, styles]) => {
      const escaped = (text: string) =>
        text.replace(/./gs, (character) => {
          const style = styles.next().value;
          if (style === 0) return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
          if (style === 1 && character === "/") return "\\/";
          return JSON.stringify(character).slice(1, -1);
        });
      const list = some.map(
        ({ id, timestamp, message }) => `{"id":"${id}","timestamp":${timestamp},"message":"${escaped(message)}"}`,
      );
      return `${JSON.stringify(envelope([])).slice(0, -2)}${list.join(",")}]}`;
    });
    fc.assert(
      fc.property(written, (one) => {
        if (expectSame(one)) taken++;
      }),
      { numRuns: RUNS },
    );
    expect(taken).toBeGreaterThan(RUNS / 2);
  });

  it("leaves any order of keys, white space, further and repeated fields to the plain path, or makes the same of them", () => {
    const space = fc.constantFrom("", "", "", " ", "\n", "\t");
    const member = fc.tuple(fc.constantFrom("id", "timestamp", "message", "x"), fc.constantFrom("1", '"y"', '{"id":"'));
    const text = fc
      .tuple(events, fc.infiniteStream(space), fc.array(member, { maxLength: 2 }), fc.nat(5), fc.boolean())
      .map(([some, spaces, extra, at, isLast]) => {
        const between = () => spaces.next().value;
        const list = some.map(({ id, timestamp, message }, n) => {
          const members = [`"id":"${id}"`, `"timestamp":${timestamp}`, `"message":${JSON.stringify(message)}`];
          for (const [key, value] of n === at ? extra : []) {
            const one = `"${key}":${value === '{"id":"' ? '{"id":"7"}' : value}`;
            if (isLast) members.push(one);
            else members.unshift(one);
          }
          return `${between()}{${members.join(`${between()},`)}}`;
        });
        return `${JSON.stringify(envelope([])).slice(0, -2)}${list.join(",")}${between()}]${between()}}${between()}`;
      });
    fc.assert(
      fc.property(text, (one) => void expectSame(one)),
      { numRuns: RUNS },
    );
  });

  it("makes the same as the plain path of a real envelope with a few bytes changed, or leaves it to it", () => {
    const bytes = fc.tuple(events, names).map(([some, where]) => Buffer.from(JSON.stringify(envelope(some, where))));
    const token = fc.constantFrom(
      ...'"\\{}[],:0nut/ \n\t\u00e9\0',
      '"},{"id":"',
      '\\"',
      "\\\\",
      "\\u0041",
      "]}",
      "\xff",
    );
    const change = fc.tuple(fc.nat(), fc.nat(3), token);
    const mutated = fc.tuple(bytes, fc.array(change, { minLength: 1, maxLength: 3 })).map(([whole, changes]) =>
      changes.reduce((text, [where, removed, inserted]) => {
        const at = where % (text.length + 1);
        return Buffer.concat([text.subarray(0, at), Buffer.from(inserted, "latin1"), text.subarray(at + removed)]);
      }, whole),
    );
    let taken = 0;
    fc.assert(
      fc.property(mutated, (one) => {
        if (expectSame(one)) taken++;
      }),
      { numRuns: 5 * RUNS },
    );
    // Changes within a message leave an envelope of the same form.
    expect(taken).toBeGreaterThan(RUNS / 4);
  });
});
