import { DamagedError } from "../../../../archive/outcome-errors";
import { objectIdSuffix } from "../../../../core/events/document-id";
import { HOUR_MS } from "../../../../core/events/durations";
import { parsedObject } from "../../../../core/json/object";
import { isOffset, sourceObjectOf } from "../../../../core/sources/s3/source-object";
import type { QuarantinedEntry } from "../entry";
import { firstBytes, type QuarantinedContent, quarantinedLines } from "../limited-content";
import { hourOfKey } from "../place";

/** More than a message of the queue can have. */
const UNREADABLE_MAX_BYTES = 2 * 1024 * 1024;

/** `access-logs/`: per line one that the index rejected or that is too long, or a message whose object cannot be read. */
export async function* rejectedLogLines(object: QuarantinedContent): AsyncGenerator<QuarantinedEntry> {
  const hour = hourOfKey(object.key);
  const times = { at: hour, from: hour, to: hour === undefined ? undefined : hour + HOUR_MS - 1 };
  if (!object.key.endsWith(".gz")) {
    yield { ...times, ...unreadableObject((await firstBytes(object, UNREADABLE_MAX_BYTES)).toString()) };
    return;
  }
  let number = 0;
  for await (const line of quarantinedLines(object, true)) {
    number++;
    const { rejection, bucket, key, etag, line: place, length, message } = parsedObject(line) ?? {};
    const source = sourceObjectOf({ bucket, key, etag, size: undefined, region: undefined });
    if (typeof source === "string") throw new DamagedError(`line ${number} ${source}`);
    if (typeof rejection !== "string" || !isOffset(place))
      throw new DamagedError(`line ${number} has no rejection and line`);
    yield {
      ...times,
      ...{ origin: source.bucket, stream: `${source.key}, line ${place + 1}`, reason: rejection, events: 1 },
      text: typeof message === "string" ? message : `(a line of ${length} bytes, which only its object has)`,
      ids: [`${place}${objectIdSuffix({ ...source, etag: String(etag) })}`],
    };
  }
}

function unreadableObject(
  text: string,
): Pick<QuarantinedEntry, "origin" | "stream" | "reason" | "text" | "events" | "ids"> {
  const { reason, bucket, key, lines, message } = parsedObject(text) ?? {};
  if (typeof reason !== "string" || typeof message !== "string") throw new DamagedError("has no reason and message");
  const before = isOffset(lines) && lines > 0 ? `, from line ${lines + 1} on` : "";
  return {
    origin: typeof bucket === "string" ? bucket : "",
    stream: typeof key === "string" ? `${key}${before}` : "",
    ...{ reason, text: message, events: 0, ids: [] },
  };
}
