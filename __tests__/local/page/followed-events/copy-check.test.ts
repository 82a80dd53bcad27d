import fc from "fast-check";
import { CopyCheck } from "../../../../local/page/followed-events/copy-check";
import { ledgerOf } from "../../../support/ledger";

describe("CopyCheck", () => {
  it("looks for each event of a range once, and counts what has copies", () => {
    const sizes = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(sizes, sizes, sizes, sizes, (before, count, after, max) => {
        const ledger = ledgerOf([{ logGroup: "foo", first: 1, count: before + count + after }]);
        const check = new CopyCheck({ ledger, range: { first: before, count } });
        const looked: string[] = [];
        while (!check.isOver) {
          const ids = check.nextIds(max);
          looked.push(...ids);
          // The first of each search has a copy, and an engine may answer with what was not asked for.
          const others = [...ledger.documentIds()].filter((id) => !ids.includes(id));
          check.add(ids.length, [...ids, ids[0]!, ...others], true);
        }
        expect(looked).toEqual([...ledger.documentIds()].slice(before, before + count));
        expect(check.found.size).toBe(count);
        expect(check.found.duplicatesIn(check.events.range)).toBe(Math.ceil(count / max));
        expect(check.found.duplicatesIn({ first: 0, count: before })).toBe(0);
        expect(check.found.countIn({ first: 0, count: before + 1 })).toBe(1);
        expect(check.found.countIn({ first: before + count, count: after })).toBe(0);
      }),
    );
  });

  it("counts all copies, however many of each there are and however few a search finds", () => {
    const copies = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(copies, fc.integer({ min: 1, max: 20 }), (counts, max) => {
        const ledger = ledgerOf([{ logGroup: "foo", first: 1, count: counts.length }]);
        const check = new CopyCheck({ ledger, range: { first: 0, count: counts.length } });
        const MOST = 31;
        for (let searches = 0; !check.isOver; searches++) {
          expect(searches).toBeLessThan(10 * counts.length + 10);
          const ids = new Set(check.nextIds(max));
          const documents = counts.flatMap((count, n) => Array<string>(count).fill(ledger.documentIdOf(n)));
          const hits = documents.filter((id) => ids.has(id)).slice(0, MOST);
          check.add(ids.size, hits, hits.length < MOST);
        }
        expect(check.found.size).toBe(counts.filter((count) => count > 0).length);
        const more = counts.reduce((sum, count) => sum + Math.max(0, count - 1), 0);
        expect(check.found.duplicatesIn(check.events.range)).toBe(more);
      }),
    );
  });

  it("leaves out the numbers that are no events", () => {
    const ledger = ledgerOf([{ logGroup: "foo", first: 1, count: 9 }]);
    const check = new CopyCheck({ ledger, range: { first: 0, count: 9 }, isEvent: (number) => number % 4 === 3 });
    expect(check.nextIds(1)).toEqual([ledger.documentIdOf(3)]);
    check.add(1, [ledger.documentIdOf(3), ledger.documentIdOf(4)], true);
    expect(check.nextIds(5)).toEqual([ledger.documentIdOf(7)]);
    check.add(1, [], true);
    expect([check.isOver, check.found.size]).toEqual([true, 1]);
  });
});
