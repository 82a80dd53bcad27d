import fc from "fast-check";
import { CountedDocuments } from "../../../benchmarks/subjects/counted-documents";

const bodyOf = (ids: readonly string[]) =>
  Buffer.from(
    ids
      .map((_id) => `${JSON.stringify({ create: { _index: "a", _id } })}\n${JSON.stringify({ m: '"_id":"9.x"' })}\n`)
      .join(""),
  );

describe("CountedDocuments", () => {
  it("answers 201 to each id's first document and 409 to every further one", () => {
    const id = fc
      .tuple(fc.integer({ min: 0, max: 20_000 }), fc.constantFrom("a-_0", "b"))
      .map((parts) => parts.join("."));
    fc.assert(
      fc.property(fc.array(fc.array(id)), (bodies) => {
        const documents = new CountedDocuments();
        const seen = new Set<string>();
        for (const ids of bodies) {
          const expected = ids.map((one) => {
            const isNew = !seen.has(one);
            seen.add(one);
            return isNew ? 201 : 409;
          });
          expect(documents.take(bodyOf(ids))).toEqual(expected);
        }
        const { created, repeated, objects } = documents;
        expect({ created, repeated }).toEqual({ created: seen.size, repeated: bodies.flat().length - seen.size });
        expect(objects).toBe(new Set([...seen].map((one) => one.split(".")[1])).size);
      }),
    );
  });

  it.each([["a.hash"], ["12"]])("takes no document of the id %j, which names no line of an object", (id) => {
    expect(() => new CountedDocuments().take(bodyOf([id]))).toThrow("no line in");
  });

  it("takes no document without an id: each delivery would make another one", () => {
    expect(() => new CountedDocuments().take(Buffer.from('{"create":{}}\n{"_id":"1.a"}\n'))).toThrow("no id in");
  });
});
