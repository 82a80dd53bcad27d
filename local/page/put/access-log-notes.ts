import { oneLine } from "../../../tools/text/one-line";
import type { InspectedAccessLog } from "../../access-logs/inspect";
import { leftOutLines } from "../../access-logs/left-out";

/** Says what a file of access logs is taken for, where it is put, and what of it becomes no document. */
export function accessLogNotes({ format, key, expected }: InspectedAccessLog, bucket: string): string[] {
  const { damage } = expected;
  const leftOut = leftOutLines(expected);
  return [
    format === undefined
      ? "No parser knows its lines: they are indexed as text, or as JSON."
      : `Its lines are parsed as ${format}.`,
    `Object: s3://${bucket}/${key}`,
    ...(leftOut.length > 0 ? [`No documents: ${leftOut.join(", ")}.`] : []),
    ...(damage === undefined ? [] : [`It cannot be read to its end (${oneLine(damage)}): what comes before is put.`]),
  ];
}
