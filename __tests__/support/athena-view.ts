import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { EVENTS_SQL } from "../../core/settings/archive-table";

/** What Athena has, and DuckDB by another name. */
const MACROS = [
  "date_add(unit, n, since) AS since + CASE unit WHEN 'minute' THEN to_minutes(n) ELSE to_milliseconds(n) END",
  "json_parse(value) AS value::JSON",
  "element_at(fields, name) AS map_extract_value(fields, name)",
];

/** What DuckDB writes in another way, and nothing else of the view: whole quotients, rows of an array that become columns, and a condition without else. */
const TRANSPILED = [
  ["arbitrary(milliseconds) / 60000", "arbitrary(milliseconds) // 60000"],
  [
    "CROSS JOIN UNNEST(logevents) AS event (",
    "CROSS JOIN LATERAL (SELECT unnest(logevents, recursive := true)) AS event (",
  ],
  ["IF(TRY(json_parse(text)) IS NOT NULL, text)", "CASE WHEN TRY(json_parse(text)) IS NOT NULL THEN text END"],
] as const;

const OBJECTS = `read_json($1, format = 'newline_delimited', compression = 'gzip', filename = true, columns = {
  owner: 'VARCHAR', logGroup: 'VARCHAR', logStream: 'VARCHAR',
  logEvents: 'STRUCT(id VARCHAR, "timestamp" BIGINT, message VARCHAR, extractedFields MAP(VARCHAR, VARCHAR))[]'})`;

/**
 * Runs the text of Athena's view by DuckDB, on a table as Athena's is defined.
 *
 * @param objects bodies by key
 * @param folder that they are written to
 */
export async function rowsOfAthenaView(objects: ReadonlyMap<string, Buffer>, folder: string): Promise<unknown[]> {
  for (const [key, body] of objects) {
    mkdirSync(dirname(join(folder, key)), { recursive: true });
    writeFileSync(join(folder, key), body);
  }
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    for (const macro of MACROS) await connection.run(`CREATE MACRO ${macro}`);
    const files = OBJECTS.replace("$1", `'${folder}/archive/**/*.gz'`);
    await connection.run(`CREATE VIEW archived AS
      SELECT owner, logGroup AS loggroup, logStream AS logstream, logEvents AS logevents, "$path",
        regexp_extract("$path", '^archive/(\\d+/\\d+/\\d+/\\d+)/', 1) AS hour
      FROM (SELECT *, filename[${folder.length + 2}:] AS "$path" FROM ${files})`);
    let sql = EVENTS_SQL;
    for (const [athena, duckdb] of TRANSPILED) {
      if (!sql.includes(athena)) throw new Error(`the view no longer has ${athena}`);
      sql = sql.replace(athena, duckdb);
    }
    return (await connection.runAndReadAll(`SELECT * FROM (${sql}) ORDER BY id`)).getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
