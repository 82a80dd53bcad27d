import * as fc from "fast-check";
import { commonMembers, differences } from "../../../search/setup/compare";

const content = fc.dictionary(
  fc.string({ minLength: 1, unit: fc.constantFrom("a", "b", "c") }),
  fc.letrec((tie) => ({
    value: fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.array(fc.string()),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom("x", "y"), tie("value")),
    ),
  })).value,
);

describe("differences", () => {
  it("finds none between what is wanted and itself", () => {
    fc.assert(fc.property(content, (desired) => expect(differences({ actual: desired, desired })).toEqual([])));
  });

  it("finds none in what an engine writes in another way", () => {
    const desired = { settings: { "index.number_of_shards": 1, "index.hidden": false }, patterns: ["b", "a"] };
    const actual = {
      settings: { index: { number_of_shards: "1", hidden: "false" } },
      patterns: ["a", "b"],
      ...{ aliases: {}, fls: [], dls: null, comment: "" },
    };
    expect(differences({ actual, desired })).toEqual([]);
  });

  it("finds a member that is added, that is missing and that is another, each with its path", () => {
    const actual = { roles: [{ actions: ["read", "write"], dls: "{}" }], size: 1 };
    const desired = { roles: [{ actions: ["read"] }], size: 2, name: "x" };
    expect(differences({ actual, desired })).toEqual([
      '+ name: "x"',
      '- roles[0].actions: ["read","write"]',
      '+ roles[0].actions: ["read"]',
      '- roles[0].dls: "{}"',
      '- size: "1"',
      '+ size: "2"',
    ]);
  });

  it("finds the same members whichever side they are on", () => {
    const swapped = (line: string) => line.replace(/^[-+]/, (sign) => (sign === "-" ? "+" : "-"));
    fc.assert(
      fc.property(content, content, (a, b) => {
        const there = differences({ actual: a, desired: b });
        const back = differences({ actual: b, desired: a });
        expect(back.map(swapped).sort()).toEqual([...there].sort());
      }),
    );
  });
});

describe("commonMembers", () => {
  it("leaves out what an engine adds, at every depth, and nothing that is wanted", () => {
    const desired = { policy: { states: [{ name: "kept", actions: [{ delete: {} }] }] } };
    const actual = {
      _seq_no: 1,
      policy: { schema_version: 3, states: [{ name: "other", actions: [{ delete: {}, retry: { count: 3 } }] }] },
    };
    expect(commonMembers(actual, desired)).toEqual({
      policy: { states: [{ name: "other", actions: [{ delete: {} }] }] },
    });
  });

  it("keeps further elements of an array, which are differences", () => {
    expect(commonMembers([{ a: 1 }, { b: 2 }], [{ a: 1 }])).toEqual([{ a: 1 }, { b: 2 }]);
  });
});
