import { cases } from "../../../benchmarks/corpus/cases";

const all = cases({});
const names = all.map(({ name }) => name);

describe("cases", () => {
  it("begins with the corpora that the targets are about", () => {
    expect(names.slice(0, 3)).toEqual([
      "access logs (text); 640 × 50",
      "application logs (JSON); 640 × 50",
      "CloudTrail (JSON); 160 × 50",
    ]);
  });

  it.each(["1 × 1", "100 × 1", "10,000 × 1", "1 × 1,000", "100 × 1,000"])("has %s as text and as JSON", (shape) => {
    for (const kind of ["text, 140 B", "JSON, 140 B"]) expect(names).toContain(`${kind}; ${shape}`);
  });

  it.each([50, 140, 1000, 20_000])("has one event, a record and 100 records of %d B", (bytes) => {
    for (const shape of ["1 × 1", "1 × 1,000", "100 × 1"]) {
      for (const kind of ["text", "JSON"]) expect(names).toContain(`${kind}, ${bytes} B; ${shape}`);
    }
  });

  it("has no case larger than what Lambda invokes a function with, and no duplicates", () => {
    for (const { corpus, records, eventsPerRecord } of all) {
      const [message = ""] = corpus.messages;
      expect(message.length * records * eventsPerRecord).toBeLessThan(70e6);
    }
    expect(new Set(names).size).toBe(names.length);
  });
});
