import type { SoakedDocument } from "../../../soak/damage/indexed-documents";
import { planDamage } from "../../../soak/damage/plan";
import { Random } from "../../../tools/random";

const document = (name: string): SoakedDocument => ({ index: "soak-a-2026.11.28", id: name, name, contentHash: "" });
const namesOf = (documents: readonly SoakedDocument[]) => documents.map(({ name }) => name).sort();

describe("planDamage", () => {
  it("chooses an object with documents, and other documents", () => {
    const archived = new Map([
      ["none", ["rejected-1"]],
      ["some", ["a", "b", "rejected-2"]],
    ]);
    const documents = ["a", "b", "c", "d"].map(document);
    const plan = planDamage(new Random(1), documents, { archived, rejected: ["rejected-1", "rejected-2"] });
    expect([plan.object, namesOf(plan.ofObject), namesOf(plan.others)]).toEqual(["some", ["a", "b"], ["c", "d"]]);
  });

  it("leaves out what another object has, too, and what a kill has left under rejected/", () => {
    const archived = new Map([
      ["one", ["a", "b"]],
      ["two", ["b", "a"]],
      ["three", ["b", "c"]],
    ]);
    const plan = planDamage(new Random(1), ["a", "b", "c", "d"].map(document), { archived, rejected: ["d"] });
    expect([plan.object, namesOf(plan.ofObject), namesOf(plan.others)]).toEqual(["three", ["c"], ["a"]]);
  });

  it("is decided by its seed", () => {
    const archived = new Map(Array.from({ length: 50 }, (_, n) => [`object-${n}`, [`event-${n}`]]));
    const documents = [...archived.values()].flat().map(document);
    const planned = (seed: number) => planDamage(new Random(seed), documents, { archived, rejected: [] });
    expect(planned(21)).toEqual(planned(21));
    expect(planned(21)).not.toEqual(planned(22));
  });

  it("needs an event that is in the index", () => {
    expect(() => planDamage(new Random(1), [], { archived: new Map([["one", ["a"]]]), rejected: [] })).toThrow(
      "no object of the archive has an event that is in the index",
    );
  });
});
