import { batchOfCase, cases, groupCases } from "../../../benchmarks/corpus/cases";

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

  it("has 1, 100 and 1,000 events a record of each corpus, and log streams that alternate", () => {
    for (const name of [
      ...["access logs (text); 5,000 × 1", "access logs (text); 320 × 100", "access logs (text); 32 × 1,000"],
      ...["application logs (JSON); 5,000 × 1", "CloudTrail (JSON); 1,250 × 1", "CloudTrail (JSON); 8 × 1,000"],
      ...["access logs (text); 5,000 × 1, 1 log stream", "access logs (text); 5,000 × 1, 50 log streams"],
    ])
      expect(names).toContain(name);
  });

  it.each(["1 × 1", "100 × 1", "10,000 × 1", "1 × 1,000", "100 × 1,000"])("has %s as text and as JSON", (shape) => {
    for (const kind of ["text, 140 B", "JSON, 140 B"]) expect(names).toContain(`${kind}; ${shape}`);
  });

  it.each([50, 140, 1000, 20_000])("has one event, a record and 100 records of %d B", (bytes) => {
    for (const shape of ["1 × 1", "1 × 1,000", "100 × 1"]) {
      for (const kind of ["text", "JSON"]) expect(names).toContain(`${kind}, ${bytes} B; ${shape}`);
    }
  });

  it("has records of one event as Lambda gets them in one invocation", () => {
    const one = all.find(({ name }) => name === "access logs (text); 5,000 × 1")!;
    const bytes = JSON.stringify(batchOfCase(one).event).length;
    expect(bytes).toBeGreaterThan(3e6);
    expect(bytes).toBeLessThan(6 * 1024 * 1024);
  });

  it("has no case larger than what Lambda invokes a function with, and no duplicates", () => {
    for (const { corpus, records, eventsPerRecord } of all) {
      const [message = ""] = corpus.messages;
      expect(message.length * records * eventsPerRecord).toBeLessThan(70e6);
    }
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("groupCases", () => {
  it("has the same events, of one log group and of 500", () => {
    for (const [one, many] of groupCases()) {
      expect([one.turns, many.turns]).toEqual([
        { logGroups: 1, logStreams: 500 },
        { logGroups: 500, logStreams: 500 },
      ]);
      expect({ ...many, name: "", turns: {} }).toEqual({ ...one, name: "", turns: {} });
      expect(many.name).toMatch(/; 10,000 × 1, 500 log groups, 500 log streams$/);
    }
  });
});
