import { canonical } from "../support/json";
import { ARRIVAL, envelope, logEvent } from "../support/kinesis";
import { compare, differenceOf, OWN_BYTES, type PathResult } from "./disagreement";
import { mutatedEnvelope } from "./envelopes";
import { DEFAULT_NAMES } from "./names";
import { referenceParts } from "./reference";

const ORIGIN = {
  account: "1",
  stream: "s",
  shardId: "shard",
  sequenceNumber: "1",
  region: "eu-central-1",
  arrival: ARRIVAL,
  isReplayed: false,
};
const TEXT = JSON.stringify(envelope([logEvent(1, '{"n":1.50,"m":["a"],"message":"x"}'), logEvent(2, "b")]));

const PART = { logGroup: "foo", events: 2, member: OWN_BYTES };

/** What the reference makes of TEXT, in the form of a path's result. */
function expected(): PathResult {
  const reference = referenceParts(TEXT, ORIGIN, DEFAULT_NAMES);
  const lines = reference[0]!.lines.map((line) => `${canonical(line)}\n`);
  return { parts: [PART], lines: lines.join("") };
}

const differenceFrom = (changes: Partial<PathResult>) =>
  differenceOf(referenceParts(TEXT, ORIGIN, DEFAULT_NAMES), { ...expected(), ...changes });

describe("differenceOf", () => {
  it("sees none in lines that say the same in another order of members", () => {
    expect(differenceFrom({})).toBeUndefined();
  });

  it.each([
    ["a digit of a number", "1.50", "1.5"],
    ["a name", '"n":1.50', '"N":1.50'],
    ["another type", '["a"]', '"a"'],
    ["a time", "02:59:59.001Z", "02:59:59.002Z"],
    ["an id", "01.", "11."],
    ["an index", "cwl-foo-2026.11.21", "cwl-foo-2026.11.22"],
    ["a text", '"message":"b"', '"message":"B"'],
    ["a further member", '"message":"b"', '"message":"b","c":null'],
  ])("sees %s", (_, from, to) => {
    const { lines } = expected();
    expect(lines).toContain(from);
    expect(differenceFrom({ lines: lines.replace(from, to) })).toMatch(/^line \d/);
  });

  it("sees an event too few, another log group, and another archive", () => {
    const { lines } = expected();
    expect(differenceFrom({ lines: lines.split("\n").slice(2).join("\n") })).toContain("2 lines, expected 4");
    expect(differenceFrom({ parts: [{ ...PART, events: 1 }] })).toContain("1 events");
    expect(differenceFrom({ parts: [{ ...PART, logGroup: "bar" }] })).toContain("log group bar");
    expect(differenceFrom({ parts: [{ ...PART, member: Buffer.from("x") }] })).toContain("own bytes");
  });

  it("sees events that are taken from a record without any, and events that are not taken", () => {
    expect(differenceOf([], expected())).toBe("1 parts, expected 0");
    expect(differenceFrom({ parts: [] })).toBe("0 parts, expected 1");
  });
});

describe("the fuzzer", () => {
  it("makes the same envelope of the same seed and run, and others of others", () => {
    expect(mutatedEnvelope(7, 3)).toEqual(mutatedEnvelope(7, 3));
    const all = new Set([0, 1, 2].flatMap((seed) => [0, 1, 2].map((run) => mutatedEnvelope(seed, run).toString())));
    expect(all.size).toBe(9);
  });

  it("makes envelopes of every kind: taken by the fast path, left to the plain one, and none", () => {
    const some = Array.from({ length: 300 }, (_, run) => compare(mutatedEnvelope(1, run)));
    const fast = some.filter(({ isFast }) => isFast).length;
    const envelopes = some.filter(({ isEnvelope }) => isEnvelope).length;
    for (const count of [fast, envelopes - fast, some.length - envelopes]) expect(count).toBeGreaterThan(20);
  });
});
