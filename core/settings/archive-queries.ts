/** A question that logs are asked, as SQL that Athena and DuckDB take alike. */
export interface ArchiveQuery {
  /** Of `a-z 0-9 -`; it names the saved query. */
  name: string;
  /** A sentence. */
  description: string;
  /** Of the view `events`; its two parameters are the first and the last hour in which events arrived, `YYYY/MM/DD/HH`. */
  sql: string;
}

/** Level of a JSON message, as loggers name it. */
const LEVEL = "upper(coalesce(json_extract_scalar(json, '$.level'), json_extract_scalar(json, '$.severity')))";

/** An event of CloudTrail in CloudWatch Logs, and who called. Source: AWS CloudTrail User Guide, "CloudTrail record contents". */
const CALLER =
  "coalesce(json_extract_scalar(json, '$.userIdentity.arn'), json_extract_scalar(json, '$.userIdentity.invokedBy'))";

/** What a Lambda function logs at the end of an invocation. Source: AWS Lambda Developer Guide, "Viewing CloudWatch logs". */
const DURATION = "try_cast(regexp_extract(message, 'Duration: ([0-9.]+) ms', 1) AS double)";

/**
 * The saved queries: `npm run sql -- --saved <name>`, and in Athena on the view of docs/querying.md. A test runs each of them by DuckDB on
 * objects of the forwarder. Rows of equal figures are ordered, too: the same archive gives the same answer.
 */
export const ARCHIVE_QUERIES: readonly ArchiveQuery[] = [
  {
    name: "events-by-log-group",
    description: "How many events each log group had, and how long their messages were, in characters.",
    sql: `SELECT account, log_group, count(*) AS events, sum(length(message)) AS characters, min(time) AS first_time, max(time) AS last_time
FROM events
WHERE hour BETWEEN ? AND ?
GROUP BY account, log_group
ORDER BY characters DESC, account, log_group`,
  },
  {
    name: "errors-by-hour",
    description:
      "How many errors each log group had in each hour: JSON messages by their level, others by what they say.",
    sql: `SELECT date_trunc('hour', time) AS begin, log_group, count(*) AS errors
FROM events
WHERE hour BETWEEN ? AND ?
  AND (${LEVEL} IN ('ERROR', 'FATAL', 'CRITICAL', 'EMERGENCY')
    OR (json IS NULL AND regexp_like(message, '(?i)\\b(error|exception|fatal|panic)\\b')))
GROUP BY date_trunc('hour', time), log_group
ORDER BY begin, errors DESC, log_group`,
  },
  {
    name: "repeated-errors",
    description: "Which messages of errors occur most: their first 120 characters, without digits.",
    sql: `SELECT log_group, translate(substr(coalesce(json_extract_scalar(json, '$.message'), message), 1, 120), '0123456789', '') AS text,
  count(*) AS errors, max(time) AS last_time
FROM events
WHERE hour BETWEEN ? AND ?
  AND (${LEVEL} IN ('ERROR', 'FATAL', 'CRITICAL', 'EMERGENCY')
    OR (json IS NULL AND regexp_like(message, '(?i)\\b(error|exception|fatal|panic)\\b')))
GROUP BY log_group, translate(substr(coalesce(json_extract_scalar(json, '$.message'), message), 1, 120), '0123456789', '')
ORDER BY errors DESC, log_group, text
LIMIT 100`,
  },
  {
    name: "slowest-invocations",
    description: "The invocations of Lambda functions that took longest, by their REPORT lines.",
    sql: `SELECT ${DURATION} AS milliseconds, time, log_group, regexp_extract(message, 'RequestId: ([0-9a-f-]+)', 1) AS request_id
FROM events
WHERE hour BETWEEN ? AND ?
  AND message LIKE 'REPORT RequestId: %'
ORDER BY milliseconds DESC, time, log_group, request_id
LIMIT 100`,
  },
  {
    name: "durations-by-function",
    description:
      "Median, 95th and 99th percentile of the durations of each Lambda function's invocations, in milliseconds.",
    sql: `SELECT log_group, count(*) AS invocations, approx_percentile(${DURATION}, 0.5) AS median,
  approx_percentile(${DURATION}, 0.95) AS p95, approx_percentile(${DURATION}, 0.99) AS p99
FROM events
WHERE hour BETWEEN ? AND ?
  AND message LIKE 'REPORT RequestId: %'
GROUP BY log_group
ORDER BY p99 DESC, log_group`,
  },
  {
    name: "who-called-what",
    description: "Which identities called which operations of AWS, by CloudTrail's events in CloudWatch Logs.",
    sql: `SELECT ${CALLER} AS caller, json_extract_scalar(json, '$.eventSource') AS service,
  json_extract_scalar(json, '$.eventName') AS operation, count(*) AS calls, max(time) AS last_time
FROM events
WHERE hour BETWEEN ? AND ?
  AND json_extract_scalar(json, '$.eventSource') IS NOT NULL
GROUP BY ${CALLER}, json_extract_scalar(json, '$.eventSource'), json_extract_scalar(json, '$.eventName')
ORDER BY calls DESC, caller, service, operation
LIMIT 1000`,
  },
  {
    name: "denied-calls",
    description: "Which calls of AWS were denied, to whom, and how often.",
    sql: `SELECT ${CALLER} AS caller, json_extract_scalar(json, '$.eventSource') AS service,
  json_extract_scalar(json, '$.eventName') AS operation, json_extract_scalar(json, '$.errorCode') AS error, count(*) AS calls, max(time) AS last_time
FROM events
WHERE hour BETWEEN ? AND ?
  AND regexp_like(json_extract_scalar(json, '$.errorCode'), 'AccessDenied|Unauthorized')
GROUP BY ${CALLER}, json_extract_scalar(json, '$.eventSource'), json_extract_scalar(json, '$.eventName'), json_extract_scalar(json, '$.errorCode')
ORDER BY calls DESC, caller, service, operation, error
LIMIT 1000`,
  },
  {
    name: "rejected-connections",
    description:
      "Which addresses were rejected by security groups and network ACLs, by VPC flow logs in the default format.",
    sql: `SELECT split_part(message, ' ', 4) AS source, split_part(message, ' ', 5) AS destination, split_part(message, ' ', 7) AS port,
  count(*) AS flows, sum(try_cast(split_part(message, ' ', 9) AS bigint)) AS packets
FROM events
WHERE hour BETWEEN ? AND ?
  AND split_part(message, ' ', 13) = 'REJECT'
GROUP BY split_part(message, ' ', 4), split_part(message, ' ', 5), split_part(message, ' ', 7)
ORDER BY flows DESC, source, destination, port
LIMIT 100`,
  },
];
