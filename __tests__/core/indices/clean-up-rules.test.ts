import fc from "fast-check";
import { type CleanUpRules, candidates, isStillNeeded } from "../../../core/indices/clean-up-rules";
import { type OwnedIndex, ownedIndices } from "../../../core/indices/owned-indices";
import { CWL } from "../../support/layouts";

const DAY_MS = 86_400_000;
const NOW = Date.parse("2026-11-26T12:00:00Z");
const NO_RULE: CleanUpRules = { keepDays: 0, keepCount: 0, maxDiskPercent: 0 };

/** The index of a log group, as many days before today. */
function indexOf(group: string, daysAgo: number, bytes?: number): OwnedIndex {
  const day = new Date(NOW - daysAgo * DAY_MS).toISOString().slice(0, 10).replaceAll("-", ".");
  const row = {
    index: `cwl-${group}-${day}`,
    "docs.count": "1",
    "store.size": bytes === undefined ? null : `${bytes}`,
  };
  return ownedIndices(CWL, [row])[0]!;
}

const namesOf = (rules: Partial<CleanUpRules>, indices: OwnedIndex[], disks = { used: 90, total: 100 }) =>
  candidates(indices, { ...NO_RULE, ...rules }, disks, NOW).map(({ index }) => index.name);

const anyIndices = fc
  .uniqueArray(fc.tuple(fc.constantFrom("a", "b", "c"), fc.integer({ min: -5, max: 20 })), {
    selector: ([group, daysAgo]) => `${group}${daysAgo}`,
  })
  .map((places) => places.map(([group, daysAgo]) => indexOf(group, daysAgo, 10)));

const anyRules = fc.record({
  keepDays: fc.nat(10),
  keepCount: fc.nat(10),
  maxDiskPercent: fc.nat(95),
});

describe("candidates", () => {
  it("keeps an index for as many days after the end of its period", () => {
    // Today began 12 hours ago, so the index of 3 days ago ended 2.5 days ago.
    expect(
      namesOf(
        { keepDays: 2 },
        [2, 3, 4].map((daysAgo) => indexOf("a", daysAgo)),
      ),
    ).toEqual(["cwl-a-2026.11.22", "cwl-a-2026.11.23"]);
    expect(namesOf({ keepDays: 3 }, [indexOf("a", 3)])).toEqual([]);
  });

  it("keeps the newest of each log group, today's included, however they are mixed", () => {
    const indices = ["b", "a"].flatMap((group) => [3, 0, 2, 1].map((daysAgo) => indexOf(group, daysAgo)));
    expect(namesOf({ keepCount: 2 }, indices)).toEqual([
      "cwl-a-2026.11.23",
      "cwl-b-2026.11.23",
      "cwl-a-2026.11.24",
      "cwl-b-2026.11.24",
    ]);
  });

  it("does not count indices of the future: their times may be a writer's invention", () => {
    const indices = [-3, -2, -1, 0, 1].map((daysAgo) => indexOf("a", daysAgo));
    expect(namesOf({ keepCount: 2 }, indices)).toEqual([]);
  });

  it("takes the oldest first for the disks, after those that no other rule keeps, and none of unknown size", () => {
    const indices = [indexOf("a", 1, 5), indexOf("b", 9, 5), indexOf("a", 2, 5), indexOf("a", 8)];
    expect(namesOf({ keepDays: 8, maxDiskPercent: 80 }, indices)).toEqual([
      "cwl-b-2026.11.17",
      "cwl-a-2026.11.24",
      "cwl-a-2026.11.25",
    ]);
  });

  it("says why", () => {
    const reasons = (rules: Partial<CleanUpRules>) =>
      candidates(
        [0, 1, 40].map((daysAgo) => indexOf("a", daysAgo, 1)),
        { ...NO_RULE, ...rules },
        { used: 4, total: 5 },
        NOW,
      )
        .map(({ because }) => because)
        .at(0);
    expect(reasons({ keepDays: 30 })).toBe("ended 39 days ago, and keep_days is 30");
    expect(reasons({ keepCount: 2 })).toBe("number 3 counting from the newest, and keep_count is 2");
    expect(reasons({ maxDiskPercent: 70 })).toBe("80.0 % of the disk space was in use, and max_disk_percent is 70");
  });

  it("never names a current or future index, none twice, and each of an age that it names with all older ones", () => {
    fc.assert(
      fc.property(anyIndices, anyRules, (indices, rules) => {
        const found = candidates(indices, rules, { used: 90, total: 100 }, NOW);
        expect(found.filter(({ index }) => index.end > NOW)).toEqual([]);
        expect(new Set(found.map(({ index }) => index.name)).size).toBe(found.length);
        for (const stem of new Set(indices.map(({ stem }) => stem))) {
          const past = indices.filter((index) => index.stem === stem && index.end <= NOW).sort((a, b) => a.end - b.end);
          for (const rule of ["keepDays", "keepCount"] as const) {
            const last = found.filter((one) => one.rule === rule && one.index.stem === stem).at(-1);
            const older = past.slice(0, last ? past.indexOf(last.index) : 0).map(({ name }) => name);
            expect(found.map(({ index }) => index.name)).toEqual(expect.arrayContaining(older));
          }
        }
      }),
    );
  });

  it("names nothing without a rule, and no fewer with another rule added", () => {
    fc.assert(
      fc.property(anyIndices, anyRules, (indices, rules) => {
        expect(namesOf({}, indices)).toEqual([]);
        const one = namesOf({ keepDays: rules.keepDays }, indices);
        expect(namesOf(rules, indices)).toEqual(expect.arrayContaining(one));
      }),
    );
  });
});

describe("isStillNeeded", () => {
  it("frees no more than it takes until the disks are full to their share", () => {
    const rules = { ...NO_RULE, maxDiskPercent: 80 };
    const disks = { used: 850, total: 1000 };
    const [candidate] = candidates([indexOf("a", 1, 10)], rules, disks, NOW);
    expect([0, 49, 50, 51].map((freed) => isStillNeeded(candidate!, rules, disks, freed))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it("always needs the deletion of what is too old", () => {
    const rules = { ...NO_RULE, keepDays: 1 };
    const [candidate] = candidates([indexOf("a", 9, 10)], rules, undefined, NOW);
    expect(isStillNeeded(candidate!, rules, undefined, 1e15)).toBe(true);
  });
});
