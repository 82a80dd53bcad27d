import { CONNECTION_EXITS } from "../../../core/http/connection-rules";
import { type Exit, OUTCOMES } from "../../../core/retry/outcome";
import { S3_EXITS } from "../../../core/sinks/archive/put-rules";
import { ITEM_EXITS } from "../../../core/sinks/opensearch/item-rules";
import { REQUEST_EXITS } from "../../../core/sinks/opensearch/request-rules";
import { RECORD_EXITS } from "../../../core/sources/kinesis/record-rules";

type Row = Pick<Exit<never>, "when" | "outcome" | "advice">;

/** Every table of the forwarder, and what an operator reads of it in docs/outcomes.md and in errors. */
const TABLES: Record<string, readonly Row[]> = {
  RECORD_EXITS: Object.values(RECORD_EXITS),
  CONNECTION_EXITS,
  REQUEST_EXITS,
  ITEM_EXITS,
  S3_EXITS,
};

const SENTENCES = /^[A-Z].+\.$/s;

describe.each(Object.entries(TABLES))("%s", (_, rows) => {
  it("names each exit, and none twice", () => {
    const names = rows.map(({ when }) => when);
    expect(names.filter((name) => !/\w/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it("gives each exit an outcome that is explained", () => {
    expect(Object.keys(OUTCOMES)).toEqual(expect.arrayContaining(rows.map(({ outcome }) => outcome)));
  });

  it("says what to do wherever the whole batch is given back", () => {
    const givenBack = rows.filter(({ outcome }) => outcome === "given back" || outcome === "retried briefly");
    for (const { advice } of givenBack) expect(advice).toMatch(SENTENCES);
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
