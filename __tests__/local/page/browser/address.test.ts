import fc from "fast-check";
import { startSummary } from "../../../../local/page/browser/start/summary";
import { readAddress, writeAddress } from "../../../../local/page/browser/ui/address";
import { secondsText } from "../../../../local/page/browser/ui/format";
import { pageState } from "../../../support/page-state";

describe("the address", () => {
  it("names a section and what it shows", () => {
    expect(readAddress("")).toMatchObject({ path: "" });
    expect(readAddress("#/lanes")).toMatchObject({ path: "lanes" });
    const { path, query } = readAddress("#/search?q=a%3Fb&level=error&level=warn");
    expect([path, [...query]]).toEqual([
      "search",
      [
        ["q", "a?b"],
        ["level", "error"],
        ["level", "warn"],
      ],
    ]);
  });

  it("holds any query", () => {
    const value = fc.string({ unit: "grapheme-composite" });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value)), (entries) => {
        const written = writeAddress({ path: "search", query: new URLSearchParams(entries) });
        // As the browser keeps it.
        const { hash } = new URL(written, "http://127.0.0.1/");
        expect([...readAddress(hash).query]).toEqual(entries);
      }),
    );
  });
});

describe("the start's summary", () => {
  it("counts steps that consist of no others", () => {
    expect(startSummary(pageState)).toBe("1 of 3 steps done");
    expect(startSummary({ steps: [{ title: "a", status: "done" }] })).toBe("all 1 steps done");
  });

  it("has times for people", () => {
    expect([0.04, 9.94, 10.4, 59.7, 75].map(secondsText)).toEqual([
      "0.0 s",
      "9.9 s",
      "10 s",
      "1 min 0 s",
      "1 min 15 s",
    ]);
  });
});
