import { generateLines } from "../../../local/log-events/generate";

/** 2026-11-21T03:00:00.000Z */
const NOW = 1_795_230_000_000;
const lines = generateLines(["foo", "bar", "baz"], NOW, 3_000);
const messages = lines.map(({ message }) => message);

describe("generateLines", () => {
  it("begins with the classic three", () => {
    expect(messages.slice(0, 3)).toEqual(["ilikecats", "im an awesome log file", "search me im a log"]);
  });

  it("gives each log group the same number of lines", () => {
    const counts = ["foo", "bar", "baz"].map((group) => lines.filter(({ logGroup }) => logGroup === group).length);
    expect(counts).toEqual([1_001, 1_001, 1_001]);
  });

  it("has no duplicate line", () => {
    expect(new Set(messages).size).toBe(3_003);
  });

  it("stays within what CloudWatch Logs accepts: no more than 14 days old, not in the future", () => {
    for (const { timestamp } of lines) {
      expect(Number.isInteger(timestamp)).toBe(true);
      expect(timestamp).toBeGreaterThan(NOW - 14 * 86_400_000);
      expect(timestamp).toBeLessThanOrEqual(NOW);
    }
  });

  it.each([
    ["text", /^\S+ INFO worker-\d+ processed/],
    ["JSON", /^\{"level":"info"/],
    ["an access log", /^192\.0\.2\.\d+ - - \[.*\] "GET \//],
    ["more than ASCII", /件の注文 🐈/],
    ["stack traces of several lines", /Traceback[^\n]*\n {2}File[^\n]*\n/],
  ])("has %s in every log group", (_, pattern) => {
    const groups = new Set(lines.filter(({ message }) => pattern.test(message)).map(({ logGroup }) => logGroup));
    expect(groups.size).toBe(3);
  });

  it("has JSON lines that parse", () => {
    const json = messages.filter((message) => message.startsWith("{"));
    expect(json).toHaveLength(600);
    for (const message of json) expect(() => JSON.parse(message)).not.toThrow();
  });
});
