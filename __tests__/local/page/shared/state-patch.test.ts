import fc from "fast-check";
import { patched, patchOf } from "../../../../local/page/shared/state-patch";

const json = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

describe("patchOf and patched", () => {
  it("turn any JSON into any other, over the wire, and leave it as it is", () => {
    const value = fc.jsonValue({ maxDepth: 4 }).map(json);
    fc.assert(
      fc.property(value, value, (before, after) => {
        const copy = json(before);
        const patch = patchOf(before, after);
        if (patch === undefined) expect(before).toEqual(after);
        else expect(patched(before, json(patch) as typeof patch)).toEqual(after);
        expect(before).toEqual(copy);
      }),
    );
  });

  it("turn an object into one that differs in some places", () => {
    const members = fc.dictionary(fc.string(), fc.oneof(fc.nat(), fc.array(fc.nat())));
    fc.assert(
      fc.property(members, members, members, (all, removed, added) => {
        const before = { ...all, ...removed };
        const after = { ...all, ...added };
        const patch = patchOf(before, after);
        expect(patch === undefined ? before : patched(before, json(patch) as typeof patch)).toEqual(after);
      }),
    );
  });

  it("has only what has changed", () => {
    const lanes = [{ id: "a", counts: { put: 1, indexed: 1 }, history: { 1: [1], 2: [2] } }, { id: "b" }];
    const [first, ...others] = lanes;
    const after = [
      { ...first, counts: { put: 1, indexed: 2 }, history: { 2: [2], 3: [3, 40] } },
      ...others,
      { id: "c" },
    ];
    expect(patchOf({ lanes }, { lanes: after })).toEqual({
      lanes: { 0: { counts: { indexed: [2] }, history: { 1: null, 3: [[3, 40]] } }, 2: [{ id: "c" }] },
    });
    expect(patchOf({ lanes, plan: undefined }, { lanes: [...lanes] })).toBeUndefined();
    expect(patchOf({ lanes: after }, { lanes })).toEqual({ lanes: [lanes] });
  });
});
