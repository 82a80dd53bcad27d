import { type FieldTree, type FieldValue, NumberText } from "../../core/parsers/parsed-message";
import { PARSERS } from "../../core/parsers/parsers";
import type { ParserName } from "../../core/settings/parser-names";
import { SAMPLE_LINES } from "../../tools/sample-logs/by-parser";
import { lineVariants } from "../../tools/sample-logs/line-variants";
import { code, markdownTable } from "../../tools/text/markdown-table";
import { count } from "../../tools/text/numbers";

const isTree = (value: FieldValue): value is FieldTree =>
  typeof value === "object" && !Array.isArray(value) && !(value instanceof NumberText);

const fieldsIn = (tree: FieldTree): number =>
  Object.values(tree).reduce<number>((sum, value) => sum + (isTree(value) ? fieldsIn(value) : 1), 0);

const membersIn = (json: string | undefined): number => (json === undefined ? 0 : Object.keys(JSON.parse(json)).length);

/** What the tests try of each format: `__tests__/core/parsers/every-format.test.ts`. */
export function parsersTable(): string {
  const rows = (Object.keys(PARSERS) as ParserName[]).map((name) => {
    const samples = SAMPLE_LINES[name].flatMap(({ fields = [], lines }) =>
      lines.map((line) => ({ line, parsed: PARSERS[name]!({ fields })(line) })),
    );
    const variants = samples.reduce((sum, { line }) => sum + [...lineVariants(line)].length, 0);
    const fields = samples.map(({ parsed }) => (parsed ? fieldsIn(parsed.fields) + membersIn(parsed.json) : 0));
    return [code(name), count(samples.length), count(variants), count(Math.max(...fields))];
  });
  return markdownTable(["Parser", "Lines", "Lines with a field replaced", "Fields, at most"], rows);
}
