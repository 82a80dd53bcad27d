/**
 * The archive as a table of Athena, and the view `events` on it, whose columns are those of `npm run sql`: one text for the construct
 * and for docs/querying.md.
 *
 * The SerDe is Hive's, because the results of OpenX's "can be non-deterministic" (Amazon Athena User Guide, OpenX JSON SerDe).
 * `ignore.malformed.json` stays false: a line that cannot be read fails the statement, as `npm run sql` fails, and is not left out.
 */
export const ARCHIVE_TABLE = {
  name: "archived",
  /** By name, with Hive's types. Names of members are compared without case. */
  columns: {
    owner: "string",
    loggroup: "string",
    logstream: "string",
    logevents: "array<struct<id:string,timestamp:bigint,message:string,extractedfields:map<string,string>>>",
  },
  partitions: { hour: "string" },
  serde: "org.apache.hive.hcatalog.data.JsonSerDe",
  inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
  outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
} as const;

/** The hour in which the first archive could begin, `YYYY/MM/DD/HH`. */
export const FIRST_HOUR = "2026/01/01/00";

/**
 * The partitions are computed, not listed: an hour is a folder. Source: Amazon Athena User Guide, Supported types for partition
 * projection.
 */
export const hourProjection = (firstHour: string): Readonly<Record<string, string>> => ({
  "projection.enabled": "true",
  "projection.hour.type": "date",
  "projection.hour.format": "yyyy/MM/dd/HH",
  "projection.hour.range": `${firstHour},NOW`,
  "projection.hour.interval": "1",
  "projection.hour.interval.unit": "HOURS",
});

/** Of the projection's variable, in the template of a partition's place. */
export const HOUR_FOLDER = "${hour}/";

/** The columns of the view, with the types that Hive and Trino have for them. */
export const EVENT_COLUMNS = {
  time: { hive: "timestamp", trino: "timestamp(3)" },
  hour: { hive: "string", trino: "varchar" },
  account: { hive: "string", trino: "varchar" },
  log_group: { hive: "string", trino: "varchar" },
  log_stream: { hive: "string", trino: "varchar" },
  id: { hive: "string", trino: "varchar" },
  message: { hive: "string", trino: "varchar" },
  json: { hive: "string", trino: "varchar" },
  object: { hive: "string", trino: "varchar" },
} as const;

/**
 * What the view selects. An event that several objects of an hour have is one row; what is redundant is taken from any of them.
 *
 * Minutes and milliseconds apart, because Trino adds at most 2^31 of a unit: "integer overflow".
 * The account and log group of an event of a central log group stand in the fields that CloudWatch Logs extracts.
 */
export const EVENTS_SQL = `SELECT date_add('millisecond', arbitrary(milliseconds) % 60000, date_add('minute', arbitrary(milliseconds) / 60000, TIMESTAMP '1970-01-01 00:00:00.000')) AS time,
  hour, account, log_group,
  arbitrary(stream) AS log_stream, id, arbitrary(text) AS message,
  arbitrary(IF(TRY(json_parse(text)) IS NOT NULL, text)) AS json, min(path) AS object
FROM (
  SELECT hour, coalesce(element_at(fields, '@aws.account'), owner) AS account,
    coalesce(element_at(fields, '@source.log'), loggroup) AS log_group, logstream AS stream, id, milliseconds, text, "$path" AS path
  FROM archived CROSS JOIN UNNEST(logevents) AS event (id, milliseconds, text, fields)
)
GROUP BY hour, account, log_group, id`;
