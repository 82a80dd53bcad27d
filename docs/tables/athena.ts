import { ARCHIVE_TABLE, EVENTS_SQL, FIRST_HOUR, HOUR_FOLDER, hourProjection } from "../../core/settings/archive-table";

const PLACE = "s3://my-archive/archive/";

const codeBlock = (sql: string): string => `\`\`\`sql\n${sql}\n\`\`\``;

/** The statements that make what the construct `ArchiveQueries` makes by Glue's API. */
export const athenaStatements = (): string => `${codeBlock(createTable())}\n\n${codeBlock(createView())}`;

function createTable(): string {
  const { name, columns, partitions, serde } = ARCHIVE_TABLE;
  const listed = (types: Readonly<Record<string, string>>) => Object.entries(types).map((column) => column.join(" "));
  const properties = { ...hourProjection(FIRST_HOUR), "storage.location.template": PLACE + HOUR_FOLDER };
  const lines = Object.entries(properties).map(([key, value]) => `  '${key}' = '${value}'`);
  return `CREATE EXTERNAL TABLE ${name} (
  ${listed(columns).join(",\n  ").replace("timestamp:", "`timestamp`:")}
)
PARTITIONED BY (${listed(partitions).join(", ")})
ROW FORMAT SERDE '${serde}'
LOCATION '${PLACE}'
TBLPROPERTIES (
${lines.join(",\n")}
)`;
}

const createView = (): string => `CREATE OR REPLACE VIEW events AS\n${EVENTS_SQL}`;
