import { Option } from "commander";
import { ARCHIVE_QUERIES, type ArchiveQuery } from "../../core/settings/archive-queries";
import { invocationOf, quietInvocationOf } from "../../tools/installation";
import { TIME_FORM } from "../../tools/usage/time";
import { UsageCommand } from "../../tools/usage/usage-command";
import type { RowFormat } from "../sql/rows";
import { addRangeOptions, parseRange, type RangeArguments, type RangeOptions } from "./range";
import { addSourceOptions, parseSource, type QuerySourceOptions, type SourceArguments } from "./source";

export interface SqlArguments {
  source: SourceArguments;
  range: RangeArguments;
  /** One statement; a saved query has parameters, see `ArchiveQuery`. */
  query: Pick<ArchiveQuery, "sql"> & { isSaved: boolean };
  format: RowFormat;
  /** Whether objects that cannot be read are left out, with a warning. */
  skipsDamaged: boolean;
  /** @default that of the user's caches */
  cache?: string;
}

interface SqlOptions extends QuerySourceOptions, RangeOptions {
  saved?: string;
  json?: true;
  csv?: true;
  skipDamaged?: true;
  cache?: string;
}

const sql = invocationOf("sql");
const names = ARCHIVE_QUERIES.map(({ name }) => name);

const HELP = `
The SQL is DuckDB's, of the view events:
  time timestamp  the event's own, in UTC          message text  as it was logged
  hour text       YYYY/MM/DD/HH, when it arrived   json json     the message, if it is JSON
  account text, log_group text, log_stream text    object text   the key of the object that has it
  id text         each event is one row

Saved queries:
${savedQueries()}

Times are those of the events themselves. Each is ${TIME_FORM}.

AWS credentials and region: as for the AWS CLI (AWS_PROFILE, AWS_REGION, …). AWS_ENDPOINT_URL_S3 is another endpoint for S3.

Exit codes: 0 the result is whole, 1 it is not, or the query failed, 2 nothing was done; the message says why.

Examples:
  ${sql} --bucket my-archive --from 2026-11-20 --to 2026-11-21 "select log_group, count(*) from events group by 1 order by 2 desc"
  ${sql} --bucket my-archive --from 2026-11-20 --to 2026-11-21 --saved errors-by-hour
  ${quietInvocationOf("sql")} --bucket my-archive --from 2026-11-20T10 --to 2026-11-20T11 --log-group foo --json "select json ->> '$.user.id' as user from events" | jq .

See docs/querying.md.`;

/** Each with what it answers. */
function savedQueries(): string {
  const width = Math.max(...names.map(({ length }) => length));
  return ARCHIVE_QUERIES.map(({ name, description }) => `  ${name.padEnd(width)}  ${description}`).join("\n");
}

/** The command line of SQL. */
export function sqlCommandLine(): UsageCommand {
  const command = new UsageCommand(sql)
    .description("Runs SQL on the events of an archive, on this machine.")
    .argument("[sql]", "one statement that reads");
  addRangeOptions(addSourceOptions(command as UsageCommand));
  return (command as UsageCommand)
    .addOption(new Option("--saved <name>", "run a saved query").choices(names))
    .option("--json", "print one JSON object a line")
    .option("--csv", "print CSV with a head")
    .option("--skip-damaged", "leave out objects that cannot be read, with a warning and exit code 1")
    .option("--cache <folder>", "where to keep what was read (default: logging-pipeline/archive in the user's caches)")
    .addHelpText("after", HELP) as UsageCommand;
}

/** Reads the command line of SQL. @param command that has parsed it @throws UsageError listing every validation error */
export function parseSqlArguments(command: UsageCommand): SqlArguments {
  const { errors } = command;
  const options = command.opts<SqlOptions>();
  const [text] = command.processedArgs as [string?];
  const saved = ARCHIVE_QUERIES.find(({ name }) => name === options.saved);
  if (text === undefined && options.saved === undefined && !errors.has((error) => error.startsWith("--saved"))) {
    errors.add("No SQL is given. Allowed: one statement as an argument, in quotes, or --saved <name>.");
  }
  if (text !== undefined && options.saved !== undefined) errors.add("SQL and --saved are given. Allowed: one of them.");
  if (options.json && options.csv) errors.add("--json and --csv are given. Allowed: one of them.");
  const source = parseSource(options);
  const range = parseRange(command, options);
  errors.throwIfAny();
  return {
    source,
    range,
    query: saved ? { sql: saved.sql, isSaved: true } : { sql: text!, isSaved: false },
    format: options.json ? "json" : options.csv ? "csv" : "table",
    skipsDamaged: options.skipDamaged === true,
    ...(options.cache !== undefined && { cache: options.cache }),
  };
}
