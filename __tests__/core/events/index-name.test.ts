import fc from "fast-check";
import { indexName, indexStem } from "../../../core/events/index-name";

const LONGEST_PREFIX = "p".repeat(100);
const logGroup = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9._/#-]{1,512}$/),
  fc.string({ unit: "binary", maxLength: 512 }),
);
const time = fc.date({ min: new Date(0), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: true });

describe("indexName", () => {
  it("consists of prefix, log group and UTC day", () => {
    expect(indexName(indexStem("cwl-", "foo"), "2026-11-20T23:59:59.999Z")).toBe("cwl-foo-2026.11.20");
  });

  it("obeys the engines' restrictions for any log group and day, under the longest prefix", () => {
    fc.assert(
      fc.property(logGroup, time, (name, date) => {
        const index = indexName(indexStem(LONGEST_PREFIX, name), date.toISOString());
        expect(Buffer.byteLength(index)).toBeLessThanOrEqual(255);
        expect(index).toBe(index.toLowerCase());
        expect(index).not.toMatch(/[\s\\/*?"<>|,#:]/);
      }),
    );
  });

  it("differs whenever log group or day differ", () => {
    const near = fc.constantFrom("foo", "foo-2026.11.20", "Foo", "/foo", "foo-", "foo-2026.11.20-2026.11.20");
    const one = fc.tuple(fc.oneof(near, logGroup), time);
    fc.assert(
      fc.property(one, one, ([nameA, dateA], [nameB, dateB]) => {
        const same = nameA === nameB && dateA.toISOString().slice(0, 10) === dateB.toISOString().slice(0, 10);
        const indexA = indexName(indexStem("cwl-", nameA), dateA.toISOString());
        expect(indexA === indexName(indexStem("cwl-", nameB), dateB.toISOString())).toBe(same);
      }),
    );
  });
});
