import { join } from "node:path";
import { batchOf, writeBatch } from "../corpus/batches";
import { corpora } from "../corpus/corpora";
import { RULE_CASES } from "../corpus/rule-cases";
import { measure, OUTPUT } from "../processes/start";
import { formatCell, type TableRow } from "../report/table";
import { TITLES } from "../report/targets";
import { progress, type SuiteOptions, type SuiteResult } from "./suite";

const RECORDS = 40;
const EVENTS = 250;

/** What the columns are about: a corpus and the parser of its messages. */
const LINES = [
  { column: "JSON", corpus: "application logs (JSON)", parser: "none" },
  { column: "text", corpus: "access logs (text)", parser: "none" },
  { column: "fields", corpus: "access logs (text)", parser: "auto" },
] as const;

export async function rulesSuite({ profiles }: SuiteOptions): Promise<SuiteResult> {
  const file = join(OUTPUT, "batch.json");
  const all = corpora();
  const rows: Record<string, string | number>[] = RULE_CASES.map(({ name }) => ({ rules: name }));
  for (const { column, corpus, parser } of LINES) {
    writeBatch(file, batchOf(all.find(({ name }) => name === corpus)!, RECORDS, EVENTS));
    for (const [i, { name }] of RULE_CASES.entries()) {
      const options = { args: [file, parser, String(i)], profiles, label: `rules ${column} ${i}` };
      const [measured] = (await measure("rules", options)) as [TableRow];
      rows[i]![`${column}, µs`] = measured["rules, µs"]!;
      rows[i]![`× ${column}`] = measured["× none"]!;
      progress(
        `${column}, ${name} … ${formatCell(measured["rules, µs"])} µs, ${formatCell(measured["× none"])} × none`,
      );
    }
  }
  return { tables: { [TITLES.rules]: rows } };
}
