import fc from "fast-check";
import { BULK_PATH, bulkLines, indexName, indexStem, isDocumentId } from "../../../../functions/forwarder/bulk/bulk";
import { eventId } from "../../../support/kinesis";

const LONGEST_PREFIX = "p".repeat(100);
const logGroup = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9._/#-]{1,512}$/),
  fc.string({ unit: "binary", maxLength: 512 }),
);
const time = fc.date({ min: new Date(0), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: true });

describe("indexName", () => {
  it("is prefix, log group and UTC day", () => {
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

describe("isDocumentId", () => {
  it.each([eventId(5), "x", "ä".repeat(256)])("takes CloudWatch's ids, and others of up to 512 bytes: %j", (id) => {
    expect(isDocumentId(id)).toBe(true);
  });

  it.each(["", "x".repeat(513), "ä".repeat(257), "\ud800"])("refuses %j", (id) => {
    expect(isDocumentId(id)).toBe(false);
  });
});

describe("bulkLines", () => {
  it("is the action and the document, a line each, whatever the id", () => {
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
  it("asks for no more of the answer than statuses and errors, percent-encoded", () => {
    expect(new URL(BULK_PATH, "https://search.example").searchParams.get("filter_path")).toBe(
      "items.*.status,items.*.error",
    );
    expect(BULK_PATH).toMatch(/^\/_bulk\?filter_path=[A-Za-z0-9._%]+$/);
  });
});
