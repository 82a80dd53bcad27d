import type { DraftObject } from "../../../soak/access-logs/draft-object";
import type { FoundLines } from "../../../soak/access-logs/found-lines";
import { linesVerdict } from "../../../soak/access-logs/lines-verdict";
import { ObjectLedger } from "../../../soak/access-logs/object-ledger";

const OBJECT = { bucket: "logs", key: "a b", etag: "0123" };
/** printf '["logs","a b","0123"]' | openssl dgst -sha256 -binary | base64, the first 16 characters */
const NAME = "QDRiVRIuk8juOgqq";

const lines = (texts: Record<number, string>) =>
  new Map(Object.entries(texts).map(([line, text]) => [Number(line), text]));

const draft = (changes: Partial<DraftObject>): DraftObject => ({
  ...{ key: "", body: Buffer.alloc(0), events: lines({}), perhaps: lines({}), tooLong: [] },
  ...{ hasTexts: true, unreadable: "never" },
  ...changes,
});

function verdict(put: Partial<DraftObject>, found: Partial<FoundLines>) {
  const ledger = new ObjectLedger();
  ledger.put(draft(put), OBJECT);
  const { rows, examples } = linesVerdict(ledger, {
    ...{ documents: [], rejected: [], tooLong: [], unreadable: [] },
    ...found,
  });
  const counts = rows.map((row) => [row.put, row.found, row.rejected, row.duplicated, row.lost]);
  return { lines: counts[0], tooLong: counts[1], unreadable: counts[2], examples };
}

const document = (line: number, text: string) => ({ id: `${line}.${NAME}`, text });

describe("linesVerdict", () => {
  it("finds each line by the id that the docs describe, in the index or rejected", () => {
    const put = { events: lines({ 1: "one", 2: "two", 4: "four" }) };
    const found = { documents: [document(1, "one"), document(4, "four")], rejected: [document(2, "two")] };
    expect(verdict(put, found)).toMatchObject({ lines: [3, 2, 1, 0, 0], examples: [] });
  });

  it("counts what is lost, and what is there twice", () => {
    const found = { documents: [document(1, "one"), document(1, "one")] };
    expect(verdict({ events: lines({ 1: "one", 2: "two" }) }, found)).toMatchObject({ lines: [2, 1, 0, 1, 1] });
  });

  it("counts a line under another one's number as lost and as nobody's", () => {
    const found = { documents: [document(1, "two")] };
    expect(verdict({ events: lines({ 1: "one" }) }, found)).toMatchObject({ lines: [1, 0, 0, 1, 1] });
  });

  it("looks at no text of an application's lines: JSON becomes fields", () => {
    const put = { events: lines({ 0: '{"a":1}' }), hasTexts: false };
    expect(verdict(put, { documents: [document(0, "")] })).toMatchObject({ lines: [1, 1, 0, 0, 0] });
  });

  it("misses no line behind the place where an object breaks off, but finds it at most once", () => {
    const put = { events: lines({ 0: "a" }), perhaps: lines({ 1: "b", 2: "c" }), unreadable: "always" as const };
    const found = { documents: [document(0, "a"), document(1, "b"), document(1, "b")], unreadable: [NAME] };
    expect(verdict(put, found)).toMatchObject({ lines: [2, 2, 0, 1, 0], unreadable: [1, 1, 0, 0, 0] });
    expect(verdict(put, { documents: [document(0, "a")] })).toMatchObject({ unreadable: [1, 0, 0, 0, 1] });
  });

  it("wants a deleted object named if a line of it is missing, and not if all are there", () => {
    const put = { perhaps: lines({ 0: "a", 1: "b" }), unreadable: "if incomplete" as const };
    const some = { documents: [document(0, "a")] };
    const all = { documents: [document(0, "a"), document(1, "b")] };
    expect(verdict(put, some)).toMatchObject({ lines: [1, 1, 0, 0, 0], unreadable: [1, 0, 0, 0, 1] });
    expect(verdict(put, { ...some, unreadable: [NAME] })).toMatchObject({ unreadable: [1, 1, 0, 0, 0] });
    expect(verdict(put, all)).toMatchObject({ lines: [2, 2, 0, 0, 0], unreadable: [0, 0, 0, 0, 0] });
    expect(verdict(put, { ...all, unreadable: [NAME] })).toMatchObject({ unreadable: [1, 1, 0, 0, 0] });
  });

  it("counts an object that is named without a reason to be", () => {
    expect(verdict({}, { unreadable: [NAME] })).toMatchObject({ unreadable: [0, 0, 0, 1, 0] });
  });

  it("wants the place of each line that is too long", () => {
    expect(verdict({ tooLong: [3, 5] }, { tooLong: [`3.${NAME}`] })).toMatchObject({ tooLong: [2, 1, 0, 0, 1] });
  });
});
