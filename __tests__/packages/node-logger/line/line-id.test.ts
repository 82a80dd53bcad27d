import { lineId } from "../../../../packages/node-logger/src/line/line-id";

describe("the id of a line", () => {
  it("is a random UUID, and never the same", () => {
    const ids = Array.from({ length: 10_000 }, lineId);
    expect(new Set(ids).size).toBe(ids.length);
    // Source: RFC 9562: version 4, and the variant.
    const isUuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
    expect(ids.filter((id) => !isUuid.test(id))).toEqual([]);
    // Each of the other digits is anything: it takes all of its values.
    for (const place of [0, 7, 9, 12, 15, 17, 20, 22, 24, 35]) {
      expect(new Set(ids.map((id) => id[place])).size).toBe(16);
    }
  });
});
