import { join } from "node:path";
import type * as DuckDB from "@duckdb/node-api";
import { devDependencies } from "../../package.json";
import { UsageError } from "../../tools/usage/usage-error";
import type { RangeArguments } from "../arguments/range";
import type { SourceArguments } from "../arguments/source";
import type { EventFile } from "./event-cache";

/** The columns of a file of the cache: see `QueriedEvent`. */
const COLUMNS = {
  time: "BIGINT",
  hour: "VARCHAR",
  source_group: "VARCHAR",
  account: "VARCHAR",
  log_group: "VARCHAR",
  log_stream: "VARCHAR",
  id: "VARCHAR",
  message: "VARCHAR",
  object: "VARCHAR",
} as const;

/** What Athena has, and DuckDB by another name: the saved queries have one text for both. */
const MACROS = [
  "json_extract_scalar(value, path) AS (value ->> path)",
  "regexp_like(value, pattern) AS regexp_matches(value, pattern)",
  "approx_percentile(value, fraction) AS approx_quantile(value, fraction)",
];

/** DuckDB reads a file by buffers of twice this size, or of its own default; in bytes. */
const MIN_LINE_BYTES = 16 * 1024 * 1024;

/** What a statement explains. DuckDB gives all kinds of statements the kind of `EXPLAIN`, and `EXPLAIN ANALYZE` runs them. */
const EXPLAINED = /^\s*EXPLAIN\b\s*(?:ANALYZE\b|\((?:ANALYZE|FORMAT)\b[\w\s,]*\))?(?<sql>.*)$/is;

/** Which events the view has. */
type Selection = SourceArguments & RangeArguments;

export type PreparedStatement = DuckDB.DuckDBPreparedStatement;

/** The texts of a statement's `?`. */
export type SqlParameters = readonly string[];

/** A DuckDB in memory that reads files of a cache, and has no other access to files, network, extensions or settings. */
export class EventDatabase {
  private constructor(
    private readonly duckdb: typeof DuckDB,
    private readonly instance: DuckDB.DuckDBInstance,
    private readonly connection: DuckDB.DuckDBConnection,
  ) {}

  /**
   * Opens a database whose view `events` has the selected events of files, each once.
   *
   * @param folder of the cache. What has no room in memory goes into one beside it
   * @throws UsageError without the package
   */
  static async open(folder: string, files: readonly EventFile[], selection: Selection): Promise<EventDatabase> {
    const duckdb = await loadDuckDB();
    const instance = await duckdb.DuckDBInstance.create(":memory:", {
      temp_directory: join(folder, "..", `spilled-${process.pid}`),
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
    });
    const connection = await instance.connect();
    const database = new EventDatabase(duckdb, instance, connection);
    // File by file: DuckDB has table functions that write, such as `enable_logging`, which a folder would be open to.
    await connection.run(`SET allowed_paths = [${files.map(({ path }) => literal(path)).join(", ")}]`);
    await connection.run("SET enable_external_access = false");
    await connection.run("SET lock_configuration = true");
    for (const macro of MACROS) await connection.run(`CREATE MACRO ${macro}`);
    await database.createViews(files, selection);
    return database;
  }

  private async createViews(files: readonly EventFile[], selection: Selection): Promise<void> {
    const lineBytes = files.reduce((maximum, file) => Math.max(maximum, file.lineBytes), MIN_LINE_BYTES);
    const columns = Object.entries(COLUMNS).map(([name, type]) => `${name}: ${literal(type)}`);
    const archived =
      files.length === 0
        ? NOTHING
        : `SELECT * FROM read_json([${files.map(({ path }) => literal(path)).join(", ")}], format = 'newline_delimited',
            compression = 'gzip', maximum_object_size = ${lineBytes}, columns = {${columns.join(", ")}})`;
    await this.connection.run(`CREATE VIEW archived AS ${archived}`);
    await this.connection.run(`CREATE VIEW events AS ${viewOfEvents(selection)}`);
  }

  /**
   * Prepares one statement that reads.
   *
   * @throws UsageError for any other, and one that DuckDB does not take
   */
  async prepare(sql: string, parameters: SqlParameters): Promise<PreparedStatement> {
    try {
      const statement = await this.prepareReading(sql);
      if (statement.parameterCount !== parameters.length) {
        const given = `${statement.parameterCount} parameters`;
        throw new Error(`it has ${given}. Allowed: none; write the values into the statement`);
      }
      for (const [i, parameter] of parameters.entries()) statement.bindVarchar(i + 1, parameter);
      return statement;
    } catch (error) {
      throw new UsageError([`The SQL cannot be run: ${(error as Error).message.trimEnd()}`]);
    }
  }

  private async prepareReading(sql: string): Promise<PreparedStatement> {
    const statements = await this.connection.extractStatements(sql);
    if (statements.count !== 1) throw new Error(`${statements.count} statements are given. Allowed: one`);
    const statement = await statements.prepare(0);
    const type = this.duckdb.StatementType[statement.statementType]!;
    if (type === "SELECT") return statement;
    if (type !== "EXPLAIN") throw new Error(`${type} is given. Allowed: SELECT, EXPLAIN`);
    const explained = EXPLAINED.exec(sql)?.groups?.sql;
    // After anything but spaces, such as a comment, what DuckDB takes for its beginning might be another place.
    if (explained === undefined)
      throw new Error("EXPLAIN is not at the beginning. Allowed: EXPLAIN, and SELECT after it");
    await this.prepareReading(explained);
    return statement;
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }
}

const NOTHING = `SELECT ${Object.entries(COLUMNS)
  .map(([name, type]) => `NULL::${type} AS ${name}`)
  .join(", ")} WHERE false`;

/**
 * An event that several objects have is one row: after a kill, objects can overlap, and a replay into a stream is archived again.
 * docs/querying.md has the same view for Athena.
 */
function viewOfEvents({ fromMs, toMs, logGroup, account }: Selection): string {
  const conditions = [
    ...[`time >= ${fromMs}`, `time < ${toMs}`],
    ...(logGroup === undefined ? [] : [`source_group = ${literal(logGroup)}`]),
    ...(account === undefined ? [] : [`account = ${literal(account)}`]),
  ];
  return `SELECT make_timestamp(time * 1000) AS time, hour, account, log_group, log_stream, id, message,
      CASE WHEN json_valid(message) THEN message::JSON END AS json, object
    FROM (SELECT DISTINCT ON (account, log_group, id) * FROM archived WHERE ${conditions.join(" AND ")})`;
}

/** SQL's form of a text: a quote is the one character that has to be doubled. */
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The package has a program for each platform, so whoever installed the commands alone has to add it. */
async function loadDuckDB(): Promise<typeof DuckDB> {
  try {
    return await import("@duckdb/node-api");
  } catch (error) {
    const wanted = `@duckdb/node-api@${devDependencies["@duckdb/node-api"]}`;
    throw new UsageError([
      `sql needs DuckDB, which cannot be loaded: ${(error as Error).message.split("\n")[0]}. Install it: npm install ${wanted}`,
    ]);
  }
}
