import type { AccessLogReport } from "../access-logs/wait";
import type { SearchLocation } from "../delivery/search";
import { firstThatFinds, type NoQuery, type Query } from "./queries";

/** Number of documents or groups that a query shows. */
const SIZE = 3;

/**
 * Returns searches that find lines of these files: the latest, one by file and number, and how many there are of each status. Each was
 * run literally and found documents.
 */
export function accessLogQueries(
  { endpoint, indexPattern }: SearchLocation,
  files: readonly AccessLogReport[],
): Promise<(Query | NoQuery)[]> {
  const found = files.filter((file) => file.found > 0);
  const [first] = found;
  if (!first) return Promise.resolve([]);
  const base = `${endpoint}/${encodeURIComponent(indexPattern)}/_search?pretty&filter_path=`;
  const ofBucket = `"query":{"term":{"aws.s3.bucket.name":${JSON.stringify(first.log.bucket)}}}`;
  const lines = found.map(({ log }) => {
    const key = JSON.stringify(log.key);
    const number = firstEvent(log.expected);
    return `{"query":{"bool":{"filter":[{"term":{"aws.s3.object.key":${key}}},\n    {"term":{"event.sequence":${number}}}]}}}`;
  });
  const shown = '"_source":["@timestamp","event.sequence","aws.s3.object.key"]';
  return Promise.all([
    firstThatFinds("The latest lines of the access logs", `${base}**._source`, [
      `{"size":${SIZE},"sort":[{"@timestamp":"desc"}],\n    ${shown},\n    ${ofBucket}}`,
    ]),
    firstThatFinds("A line of an access log, by its file and its number", `${base}**._source`, lines),
    firstThatFinds("How many lines of the access logs have which status", `${base}**.buckets`, [
      `{"size":0,${ofBucket},\n    "aggs":{"status":{"terms":{"field":"http.response.status_code","size":${SIZE}}}}}`,
    ]),
  ]);
}

function firstEvent({ lines, events }: AccessLogReport["log"]["expected"]): number {
  for (let line = 0; line < lines; line++) if (events.has(line)) return line;
  return 0;
}
