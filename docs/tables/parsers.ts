import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type FieldTree, type FieldValue, NumberText } from "../../core/parsers/parsed-message";
import { PARSERS } from "../../core/parsers/parsers";
import type { ParserName } from "../../core/settings/parser-names";
import { SAMPLE_LINES } from "../../tools/sample-logs/by-parser";
import { lineVariants } from "../../tools/sample-logs/line-variants";
import { code, markdownTable } from "../../tools/text/markdown-table";
import { count, rounded } from "../../tools/text/numbers";

const isTree = (value: FieldValue): value is FieldTree =>
  typeof value === "object" && !Array.isArray(value) && !(value instanceof NumberText);

const fieldsIn = (tree: FieldTree): number =>
  Object.values(tree).reduce<number>((sum, value) => sum + (isTree(value) ? fieldsIn(value) : 1), 0);

const membersIn = (json: string | undefined): number => (json === undefined ? 0 : Object.keys(JSON.parse(json)).length);

/** A row of what `npm run bench -- parsers` measures. */
interface Cost {
  format: ParserName;
  bytes: number;
  fields: number;
  "text, µs": number;
  "fields, µs": number;
  "× text": number;
}

/** What `npm run bench -- parsers --json` printed. */
const { tables } = JSON.parse(readFileSync(join(__dirname, "parser-costs.json"), "utf8")) as {
  tables: { "Parsers: a line of each format, as text and as fields": readonly Cost[] };
};
const COSTS = tables["Parsers: a line of each format, as text and as fields"];

/** What a line of each format costs. */
export const parserCostsTable = (): string =>
  markdownTable(
    ["Parser", "Bytes", "Fields", "Text, µs", "Fields, µs", "× text"],
    COSTS.map((cost) => [
      code(cost.format),
      count(cost.bytes),
      count(cost.fields),
      ...[cost["text, µs"], cost["fields, µs"], cost["× text"]].map((figure) => rounded(figure)),
    ]),
  );

const multipleOf = (name: ParserName): string => {
  const cost = COSTS.find(({ format }) => format === name);
  return cost === undefined ? "not measured" : rounded(cost["× text"]);
};

/** What the tests try of each format: `__tests__/core/parsers/every-format.test.ts`. */
export function parsersTable(): string {
  const rows = (Object.keys(PARSERS) as ParserName[]).map((name) => {
    const samples = SAMPLE_LINES[name].flatMap(({ fields = [], lines }) =>
      lines.map((line) => ({ line, parsed: PARSERS[name]!({ fields })(line) })),
    );
    const variants = samples.reduce((sum, { line }) => sum + [...lineVariants(line)].length, 0);
    const fields = samples.map(({ parsed }) => (parsed ? fieldsIn(parsed.fields) + membersIn(parsed.json) : 0));
    return [code(name), count(samples.length), count(variants), count(Math.max(...fields)), multipleOf(name)];
  });
  return markdownTable(["Parser", "Lines", "Lines with a field replaced", "Fields, at most", "× text"], rows);
}
