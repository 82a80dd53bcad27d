import { documentChanges, sortedJson } from "../../../soak/damage/indexed-documents";

const document = (id: string, contentHash = "1") => ({ index: "i", id, name: id, contentHash });

describe("documentChanges", () => {
  it("names what is gone, what is another, and what is new", () => {
    const before = ["a", "b", "c"].map((id) => document(id));
    expect(documentChanges(before, [document("d"), document("b", "2"), document("c")])).toEqual([
      "i/a is gone",
      "i/b has another content",
      "i/d is new",
    ]);
    expect(documentChanges(before, before.toReversed())).toEqual([]);
  });
});

describe("sortedJson", () => {
  it("is the same for objects with the same members, in arrays, too", () => {
    expect(sortedJson({ b: [{ d: 1, c: null }], a: "x" })).toBe('{"a":"x","b":[{"c":null,"d":1}]}');
    expect(sortedJson([2, 1])).toBe("[2,1]");
  });
});
