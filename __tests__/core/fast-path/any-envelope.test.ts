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
import { expectSame, fast, plain } from "../../support/both-paths";

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
