import { CONNECTION_RULES } from "../../../core/http/connection-rules";
import { OUTCOMES, type Outcome } from "../../../core/retry/rule";
import { S3_RULES } from "../../../core/sinks/archive/put-rules";
import { ITEM_RULES } from "../../../core/sinks/opensearch/item-rules";
import { REQUEST_RULES } from "../../../core/sinks/opensearch/request-rules";
import { RECORD_RULES } from "../../../core/sources/kinesis/record-rules";
import { GET_RULES } from "../../../core/sources/s3/get-rules";

type Row = { when: string; outcome: Outcome; advice?: string };

/** Every table of the functions, and what an operator reads of it in docs/outcomes.md and in errors. */
const TABLES: Record<string, readonly Row[]> = {
  RECORD_RULES: Object.values(RECORD_RULES),
  CONNECTION_RULES,
  REQUEST_RULES,
  ITEM_RULES,
  S3_RULES,
  GET_RULES,
};

const SENTENCES = /^[A-Z].+\.$/s;

describe.each(Object.entries(TABLES))("%s", (_, rows) => {
  it("gives each rule a condition of its own", () => {
    const names = rows.map(({ when }) => when);
    expect(names.filter((name) => !/\w/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it("gives each rule an outcome that docs explain", () => {
    expect(Object.keys(OUTCOMES)).toEqual(expect.arrayContaining(rows.map(({ outcome }) => outcome)));
  });

  it("says what to do wherever a batch or a message fails", () => {
    const failures: readonly Outcome[] = ["returned to Lambda", "retried briefly", "message retried"];
    const failing = rows.filter(({ outcome }) => failures.includes(outcome));
    for (const { advice } of failing) expect(advice).toMatch(SENTENCES);
  });

  it("gives advice in whole sentences", () => {
    for (const { advice } of rows) if (advice !== undefined) expect(advice).toMatch(SENTENCES);
  });
});

describe("OUTCOMES", () => {
  it.each(Object.entries(OUTCOMES))("explains %s in whole sentences", (_, meaning) => {
    expect(meaning).toMatch(SENTENCES);
  });
});
