import fc from "fast-check";
import { CopyCheck } from "../../../../local/page/followed-events/copy-check";
import { ledgerOf } from "../../../support/ledger";

describe("CopyCheck", () => {
  it("looks for each event of a range once, and counts what has copies", () => {
    const sizes = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(sizes, sizes, sizes, sizes, (before, count, after, max) => {
        const ledger = ledgerOf([{ logGroup: "foo", first: 1, count: before + count + after }]);
        const check = new CopyCheck(ledger, { first: before, count });
        const looked: string[] = [];
        while (!check.isOver) {
          const ids = check.nextIds(max);
          looked.push(...ids);
          // The first of each search has a copy, and an engine may answer with what was not asked for.
          const others = [...ledger.documentIds()].filter((id) => !ids.includes(id));
          check.add(ids.length, [...ids, ids[0]!, ...others]);
        }
        expect(looked).toEqual([...ledger.documentIds()].slice(before, before + count));
        expect(check.found.size).toBe(count);
        expect(check.found.duplicatesIn(check.range)).toBe(Math.ceil(count / max));
        expect(check.found.duplicatesIn({ first: 0, count: before })).toBe(0);
        expect(check.found.countIn({ first: 0, count: before + 1 })).toBe(1);
        expect(check.found.countIn({ first: before + count, count: after })).toBe(0);
      }),
    );
  });
});
