import fc from "fast-check";
import { BULK_PATH, bulkLines } from "../../../../core/sinks/opensearch/bulk-request";

describe("bulkLines", () => {
  it("writes the action and the document, a line each, for any id", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (id) => {
        const [action, document, rest, ...more] = bulkLines("cwl-foo-2026.11.20", id, '{"a":1}').split("\n");
        expect(JSON.parse(action!)).toEqual({ create: { _index: "cwl-foo-2026.11.20", _id: id } });
        expect([document, rest, more]).toEqual(['{"a":1}', "", []]);
      }),
    );
  });
});

describe("BULK_PATH", () => {
  it("asks only for the response's statuses and errors, percent-encoded", () => {
    expect(new URL(BULK_PATH, "https://search.example").searchParams.get("filter_path")).toBe(
      "items.*.status,items.*.error",
    );
    expect(BULK_PATH).toMatch(/^\/_bulk\?filter_path=[A-Za-z0-9._%]+$/);
  });
});
