import { count } from "../../tools/text/numbers";
import { oneLine } from "../../tools/text/one-line";
import { type ApplicationLaneReport, isDeliveredOnce } from "../application-lines/deliver";
import { columns } from "./tables";
import { terminalColumns } from "./terminal";

/** Formats the report on lines of applications as a table by delivery stream, with a verdict. @param width in columns */
export function applicationTable(reports: readonly ApplicationLaneReport[], width = terminalColumns()): string {
  const head = ["delivery stream", "put", "in search", "in S3", "duplicates", "lost", "found after"];
  const rows = reports.map(({ lane, put, inSearch, inObjects, seconds }) => {
    const found = inSearch ? [inSearch, inObjects] : [inObjects];
    return [
      oneLine(lane.deliveryStream),
      count(put),
      inSearch ? count(inSearch.lines) : "-",
      count(inObjects.lines),
      count(sum(found.map(({ duplicates }) => duplicates))),
      count(sum(found.map(({ lines }) => put - lines))),
      `${seconds.toFixed(1)} s`,
    ];
  });
  const verdict = reports.every(isDeliveredOnce)
    ? "Every line was found once, wherever Firehose delivers it to"
    : "NOT every line was found once. docs/troubleshooting.md explains where to look";
  const where = reports.map(({ lane: { deliveryStream, search, objects } }) => {
    const index = search ? `${search.endpoint}/${search.indexPattern} and ` : "";
    return oneLine(`${deliveryStream} delivers to ${index}s3://${objects.bucket}/${objects.prefix}`);
  });
  return [columns([head, ...rows], width), "", `${verdict}.`, ...where.map((line) => `${line}.`)].join("\n");
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
