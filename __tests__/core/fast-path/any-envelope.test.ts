import fc from "fast-check";
import {
  canonicalEnvelope,
  centralizedEnvelope,
  damagedEnvelope,
  envelopeOfAnyHead,
  escapedEnvelope,
  FAST_PATH_RUNS,
  looseEnvelope,
} from "../../support/any-envelope";
import { layoutsChangedAt } from "../../support/any-layouts";
import { expectSame, fast, plain } from "../../support/both-paths";
import { ARRIVAL, envelope, logEvent } from "../../support/kinesis";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

jest.setTimeout(60_000 + FAST_PATH_RUNS * 20);

/** Tries envelopes on both paths. Returns the share of them that the fast path took. */
function shareTaken(envelopes: fc.Arbitrary<string | Buffer>, numRuns = FAST_PATH_RUNS): number {
  let taken = 0;
  const property = fc.property(envelopes, (one) => {
    if (expectSame(one)) taken++;
  });
  fc.assert(property, { numRuns });
  return taken / numRuns;
}

describe("the fast path", () => {
  it("encodes every canonical envelope into the lines of the plain path", () => {
    const property = fc.property(canonicalEnvelope, (one) => {
      expect(fast(one)).toEqual(plain(one));
    });
    fc.assert(property, { numRuns: FAST_PATH_RUNS });
  });

  it.each([
    ['{"labels.run":"a","b":1}', '"labels":{"run":"a"}'],
    ['{"annotations.x":"y","annotations":{"z":1}}', '"annotations":{"x":"y","z":1}'],
  ])("leaves dotted labels to the plain path, which puts them into their object: %s", (message, expected) => {
    const one = JSON.stringify(envelope([logEvent(1, message), logEvent(2, "text")]));
    expectSame(one);
    expect((fast(one) ?? plain(one))!.lines).toContain(expected);
  });

  it("names the indices that the plain path names, whatever the layouts and wherever they change", () => {
    // Wherever an event may be, and next to the hours that begin a day.
    const near = fc.integer({ min: ARRIVAL - 15 * DAY_MS, max: ARRIVAL + DAY_MS / 12 });
    const property = fc.property(canonicalEnvelope, layoutsChangedAt(near), (one, layouts) => {
      expect(fast(one, layouts)).toEqual(plain(one, layouts));
    });
    fc.assert(property, { numRuns: FAST_PATH_RUNS });
  });

  it("names the indices of events around a boundary within their envelope, in any order", () => {
    const boundary = ARRIVAL - (ARRIVAL % HOUR_MS);
    const offset = fc.oneof(fc.constantFrom(-1, 0, 1), fc.integer({ min: -26 * HOUR_MS, max: ARRIVAL - boundary }));
    const events = fc.array(offset, { minLength: 1, maxLength: 20 });
    const property = fc.property(events, layoutsChangedAt(fc.constant(boundary)), (offsets, layouts) => {
      const one = JSON.stringify(envelope(offsets.map((ms, n) => logEvent(n, "x", boundary + ms))));
      expect(fast(one, layouts)).toBeDefined();
      expect(fast(one, layouts)).toEqual(plain(one, layouts));
    });
    fc.assert(property, { numRuns: FAST_PATH_RUNS });
  });

  it("writes the lines of the plain path for messages with any escapes, or leaves them to it", () => {
    expect(shareTaken(escapedEnvelope)).toBeGreaterThan(1 / 2);
  });

  it("writes the lines of the plain path for any white space, further and repeated members, or leaves them to it", () => {
    expect(shareTaken(looseEnvelope)).toBeGreaterThan(0);
  });

  it("writes the lines of the plain path for any extracted fields, or leaves them to it", () => {
    expect(shareTaken(centralizedEnvelope)).toBeGreaterThan(1 / 3);
  });

  it("writes the lines of the plain path for any members before the events, or leaves them to it", () => {
    expect(shareTaken(envelopeOfAnyHead)).toBeGreaterThan(1 / 10);
  });

  it("writes the lines of the plain path for a canonical envelope with a few bytes changed, or leaves it to it", () => {
    // A change inside a message leaves the envelope canonical.
    expect(shareTaken(damagedEnvelope, 5 * FAST_PATH_RUNS)).toBeGreaterThan(1 / 20);
  });
});
