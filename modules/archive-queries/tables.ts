import type { GlueCatalogDatabase } from "@cdktf/provider-aws/lib/glue-catalog-database";
import { GlueCatalogTable } from "@cdktf/provider-aws/lib/glue-catalog-table";
import { TerraformLocal } from "cdktf";
import {
  ARCHIVE_TABLE,
  EVENT_COLUMNS,
  EVENTS_SQL,
  HOUR_FOLDER,
  hourProjection,
} from "../../core/settings/archive-table";
import { hcl } from "../terraform/expression";
import type { ArchiveQueriesContext } from "./context";

const columnsOf = (types: Readonly<Record<string, string>>) =>
  Object.entries(types).map(([name, type]) => ({ name, type }));

/** Creates the table of the objects. Its partitions are projected: nothing has to be added to it, hour by hour. */
export function createTable(
  { scope, inputs, archiveBucket }: ArchiveQueriesContext,
  database: GlueCatalogDatabase,
): void {
  const { columns, partitions, serde, inputFormat, outputFormat, name } = ARCHIVE_TABLE;
  const location = (...rest: string[]) =>
    hcl`join("", ${["s3://", archiveBucket, "/", inputs.archivePrefix, "archive/", ...rest]})`.string;
  new GlueCatalogTable(scope, "archived_glue_catalog_table", {
    name,
    databaseName: database.name,
    description: "Envelopes of CloudWatch Logs, one a row, by the hour in which they arrived",
    tableType: "EXTERNAL_TABLE",
    parameters: {
      EXTERNAL: "TRUE",
      classification: "json",
      ...hourProjection(inputs.firstHour.string),
      "storage.location.template": location(HOUR_FOLDER),
    },
    partitionKeys: columnsOf(partitions),
    storageDescriptor: {
      location: location(),
      inputFormat,
      outputFormat,
      columns: columnsOf(columns),
      serDeInfo: { serializationLibrary: serde },
    },
  });
}

/**
 * Creates the view of the events, in the form in which Athena keeps views: a table without data, whose text is a comment with the
 * definition. Trino reads it by `ConnectorViewDefinition`, and compares the types with those of the statement.
 */
export function createView({ scope }: ArchiveQueriesContext, database: GlueCatalogDatabase): void {
  const sql = new TerraformLocal(scope, "events_sql", `${EVENTS_SQL}\n`);
  const types = (of: "hive" | "trino") =>
    Object.fromEntries(Object.entries(EVENT_COLUMNS).map(([name, type]) => [name, type[of]]));
  const definition = {
    originalSql: hcl`trimspace(${sql.expression})`,
    catalog: "awsdatacatalog",
    schema: database.name,
    columns: columnsOf(types("trino")),
  };
  new GlueCatalogTable(scope, "events_glue_catalog_table", {
    name: "events",
    databaseName: database.name,
    description: "Events of the archive, each once for an hour in which it arrived",
    tableType: "VIRTUAL_VIEW",
    parameters: { presto_view: "true", comment: "Presto View" },
    viewOriginalText: hcl`join("", ["/* Presto View: ", base64encode(jsonencode(${definition})), " */"])`.string,
    viewExpandedText: "/* Presto View */",
    storageDescriptor: { columns: columnsOf(types("hive")) },
  });
}
