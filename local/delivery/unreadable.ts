import { counted } from "../../tools/text/numbers";
import { oneLine } from "../../tools/text/one-line";

/** Objects that are named of those that cannot be read. */
const MAX_NAMED = 3;

/** Says which objects of a bucket cannot be read, and why, as sentences: what only these hold is not counted. @param reasons by key */
export function unreadableObjects(bucket: string, reasons: Iterable<readonly [string, string]>): string[] {
  const all = [...reasons];
  const named = all.slice(0, MAX_NAMED).map(([key, reason]) => {
    const uri = oneLine(`s3://${bucket}/${key}`);
    return `${uri} is not counted, because it cannot be read: ${reason}.`;
  });
  const more = all.length - named.length;
  return more > 0 ? [...named, `Nor can ${counted(more, "further object")}.`] : named;
}
