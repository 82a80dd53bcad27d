import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { ARCHIVE_QUERIES } from "../../../core/settings/archive-queries";
import { EVENTS_SQL } from "../../../core/settings/archive-table";
import { ArchiveQueries, type ArchiveQueriesProps, LoggingPipelineError } from "../../../modules";
import { camelCase } from "../../../modules/inputs/schema";
import { rejectedByArchiveQueries, rejectedTogetherByArchiveQueries } from "../../support/rejected-archive-queries";
import { asProps } from "../../support/rejected-inputs";

const newStack = (): TerraformStack => new TerraformStack(Testing.app(), "stack");

function errorsOf(given: object): readonly string[] {
  try {
    new ArchiveQueries(newStack(), "queries", asProps(given));
  } catch (error) {
    if (error instanceof LoggingPipelineError) return error.errors;
    throw error;
  }
  return [];
}

/** The resources of a type. */
function resourcesOf(type: string, props?: ArchiveQueriesProps): Record<string, unknown>[] {
  const stack = newStack();
  new ArchiveQueries(stack, "queries", props);
  return Object.values(JSON.parse(Testing.synth(stack)).resource[type]);
}

/** Amazon Athena User Guide, "Escape reserved keywords in queries": those of SELECT statements. */
const RESERVED =
  "ALTER AND AS BETWEEN BY CASE CAST CONSTRAINT CREATE CROSS CUBE CURRENT_CATALOG CURRENT_DATE CURRENT_PATH CURRENT_SCHEMA CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DEALLOCATE DELETE DESCRIBE DISTINCT DROP ELSE END ESCAPE EXCEPT EXECUTE EXISTS EXTRACT FALSE FIRST FOR FROM FULL GROUP GROUPING HAVING IN INNER INSERT INTERSECT INTO IS JOIN JSON_ARRAY JSON_EXISTS JSON_OBJECT JSON_QUERY JSON_TABLE JSON_VALUE LAST LEFT LIKE LISTAGG LOCALTIME LOCALTIMESTAMP NATURAL NORMALIZE NOT NULL OF ON OR ORDER OUTER PREPARE RECURSIVE RIGHT ROLLUP SELECT SKIP TABLE THEN TRIM TRUE UESCAPE UNION UNNEST USING VALUES WHEN WHERE WITH".split(
    " ",
  );

describe("ArchiveQueries", () => {
  it.each([...rejectedByArchiveQueries, rejectedTogetherByArchiveQueries])(
    "rejects $messages",
    ({ given, messages }) => {
      const errors = errorsOf(given);

      expect(errors).toHaveLength(messages.length);
      for (const message of messages) expect(errors).toContainEqual(expect.stringContaining(camelCase(message)));
    },
  );

  it("reports everything that is wrong together", () => {
    expect(errorsOf({ results_prefix: "x", scan_limit: 1, first_hour: "now" })).toEqual([
      expect.stringMatching(/^scanLimit: there is no such input; inputs are name, archiveBucket, /),
      expect.stringMatching(/^firstHour = "now": allowed is/),
      expect.stringMatching(/^resultsPrefix = "x": allowed is/),
    ]);
  });

  it("takes tokens, as a bucket that is created with it", () => {
    const stack = newStack();
    const bucket = new TerraformVariable(stack, "bucket", { type: "string" });

    new ArchiveQueries(stack, "queries", { archiveBucket: bucket.stringValue });

    expect(Testing.synth(stack)).toContain("var.bucket");
  });

  it("enforces the scan limit and the encryption of results in the workgroup", () => {
    const [workgroup] = resourcesOf("aws_athena_workgroup", { bytesScannedCutoffPerQuery: 10_485_760 });

    expect(workgroup).toMatchObject({
      configuration: {
        enforce_workgroup_configuration: true,
        publish_cloudwatch_metrics_enabled: true,
        bytes_scanned_cutoff_per_query: "${10485760}",
      },
    });
  });

  it("has each saved query with the text that DuckDB runs, too", () => {
    const texts = resourcesOf("aws_athena_named_query").map(({ name, description, query }) => ({
      ...{ name, description },
      sql: String(query).trimEnd(),
    }));

    expect(texts).toEqual(expect.arrayContaining([...ARCHIVE_QUERIES]));
    expect(texts).toHaveLength(ARCHIVE_QUERIES.length);
  });

  it.each([["the view", EVENTS_SQL], ...ARCHIVE_QUERIES.map(({ name, sql }) => [name, sql])])(
    "names no column by a keyword that Athena reserves: %s",
    (_, sql) => {
      const names = [...sql!.matchAll(/\bAS (\w+)/g)].map(([, name]) => name!.toUpperCase());

      expect(names.length).toBeGreaterThan(1);
      expect(names.filter((name) => RESERVED.includes(name))).toEqual([]);
    },
  );
});
