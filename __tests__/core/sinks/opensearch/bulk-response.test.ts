import { isAllCreated, parseBulkResponse } from "../../../../core/sinks/opensearch/bulk-response";

const ok = { create: { status: 201 } };

describe("isAllCreated", () => {
  const responseOf = (items: object[]) => ({ status: 200, body: JSON.stringify({ items }) });

  it.each([1, 2, 7_000])("recognizes the response to %i new events, as engines write it", (count) => {
    expect(isAllCreated(responseOf(Array(count).fill(ok)), count)).toBe(true);
  });

  it.each([200, 409, 429])("returns false for a single %i among new events", (status) => {
    expect(isAllCreated(responseOf([ok, { create: { status } }, ok]), 3)).toBe(false);
  });

  it.each([
    ["a result is missing", responseOf([ok]), 2],
    ["there is one too many", responseOf([ok, ok]), 1],
    ["the request itself was rejected", { ...responseOf([ok]), status: 429 }, 1],
    ["it goes on", { status: 200, body: `${responseOf([ok]).body} ` }, 1],
  ])("returns false when %s", (_, response, count) => {
    expect(isAllCreated(response, count)).toBe(false);
  });
});

describe("parseBulkResponse", () => {
  const bad = { create: { status: 400, error: { type: "mapper_parsing_exception", reason: "no" } } };

  it("returns each item's result, in order", () => {
    expect(parseBulkResponse(JSON.stringify({ items: [ok, bad] }), 2)).toEqual([ok.create, bad.create]);
  });

  it.each([4e15, 99, 600, 0.5, -1, 1e308])("takes no %d for a status", (status) => {
    expect(parseBulkResponse(JSON.stringify({ items: [{ create: { status } }] }), 1)).toBeUndefined();
  });

  it("keeps nothing but texts of an item's error", () => {
    const texts = { type: "a", reason: "b", caused_by: { reason: "c" } };
    const odd = { type: { toString: 0 }, reason: ["x"], caused_by: { reason: 1, caused_by: {} }, root_cause: [] };
    const items = [texts, odd, "text", null].map((error) => ({ create: { status: 400, error } }));
    const expected = [texts, { caused_by: undefined }, {}, {}].map((error) => ({ status: 400, error }));
    expect(parseBulkResponse(JSON.stringify({ items }), 4)).toEqual(expected);
  });

  it.each<[string, unknown, number]>([
    ["fewer results than items", { items: [ok] }, 2],
    ["more results than items", { items: [ok, ok] }, 1],
    ["no items", {}, 1],
    ["items that are no array", { items: { 0: ok, length: 1 } }, 1],
    ["a result of another operation", { items: [{ index: { status: 201 } }] }, 1],
    ["a result without status", { items: [{ create: {} }] }, 1],
    ["one result of two without status", { items: [ok, { create: {} }] }, 2],
    ["a null result", { items: [null] }, 1],
    ["null", null, 1],
    ["an array", [ok], 1],
  ])("returns nothing for %s", (_, body, count) => {
    expect(parseBulkResponse(JSON.stringify(body), count)).toBeUndefined();
  });

  it.each(["", "<html>", '{"items":['])("returns nothing for text that is not JSON: %j", (body) => {
    expect(parseBulkResponse(body, 1)).toBeUndefined();
  });
});
