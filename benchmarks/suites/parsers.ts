import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PARSER_NAMES, type ParserName } from "../../core/settings/parser-names";
import { batchOf } from "../corpus/batches";
import { jsonOfSize, textOfSize } from "../corpus/corpora";
import { parserCorpus } from "../corpus/parser-corpus";
import { measure, OUTPUT } from "../processes/start";
import { formatCell, type TableRow } from "../report/table";
import { TITLES } from "../report/targets";
import { progress, type SuiteOptions, type SuiteResult } from "./suite";

export interface ParsersOptions extends SuiteOptions {
  formats: readonly ParserName[];
}

/** Records of each batch, and events in each: enough that what a record costs does not count. */
const RECORDS = 40;
const EVENTS = 250;

/** Messages that begin like no format. */
const OTHERS = [textOfSize(50), textOfSize(140), textOfSize(1000), jsonOfSize(140)];

export async function parsersSuite({ formats, profiles }: ParsersOptions): Promise<SuiteResult> {
  const file = join(OUTPUT, "batch.json");
  const rowOf = async (name: string, messages: readonly string[], parser: ParserName | "auto") => {
    writeFileSync(file, JSON.stringify({ ...batchOf({ name, messages }, RECORDS, EVENTS), messages }));
    const [row] = await measure("parsers", { args: [file, name, parser], profiles, label: `parsers ${name}` });
    return row!;
  };
  const rows: TableRow[] = [];
  for (const name of PARSER_NAMES.filter((one) => formats.includes(one))) {
    const row = await rowOf(name, parserCorpus(name).messages, name);
    rows.push(row);
    progress(`${name} … ${formatCell(row["fields, µs"])} µs, ${formatCell(row["× text"])} × text`);
  }
  const others: TableRow[] = [];
  for (const { name, messages } of OTHERS) {
    others.push(await rowOf(name, messages, "auto"));
    progress(`${name} … ${others.at(-1)!["auto/none"]} auto/none`);
  }
  return { tables: { [TITLES.parsers]: rows, [TITLES.otherTexts]: others } };
}
