import { hours } from "../../archive/hours";
import { gunzippedLines } from "../../archive/lines";
import { DamagedError } from "../../archive/outcome-errors";
import { HOUR_MS } from "../../core/events/durations";
import { memberOf, parsedObject } from "../../core/json/object";
import { type ObjectToRead, parseObjectMessage } from "../../core/sources/s3/object-message";
import { sourceObjectOf } from "../../core/sources/s3/source-object";
import { objectRecord } from "../records";
import type { KindReader } from "./kind";
import { contentOf } from "./whole-record";

const FOLDERS = ["rejected", "unreadable"] as const;

/** Maximum ratio of deflate. Source: zlib "Technical Details". */
const MAX_RATIO = 1032;

/** Of the shortest line that names an object. */
const LINE_MIN_LENGTH = 60;

/** Maximum size of a rejected line in JSON: each byte escaped, and a copy in the rejection. */
export const LINE_MAX_BYTES = 16 * 1024 * 1024;

/**
 * `access-logs/`: the objects whose lines were rejected, and those that could not be read, each once for each object that names it.
 * docs/archive.md has their form.
 */
export const accessLogs: KindReader = {
  async prefixes(_, { archivePrefix, selection: { fromMs, toMs }, lateHours }) {
    const range = hours(fromMs, toMs - 1 + lateHours * HOUR_MS);
    return range.flatMap((hour) => FOLDERS.map((folder) => `${archivePrefix}access-logs/${folder}/${hour}/`));
  },

  maxEvents: (bytes) => Math.ceil((bytes * MAX_RATIO) / LINE_MIN_LENGTH),

  async *read(bucket, object, args) {
    if (!object.key.endsWith(".gz")) {
      const { content } = await contentOf(bucket, object, args.objectMaxBytes);
      yield unreadable(content.toString()).map(objectRecord);
      return;
    }
    const { chunks } = await bucket.open(object);
    const found = new Map<string, ObjectToRead>();
    let number = 0;
    for await (const line of gunzippedLines(chunks, object.bytes, LINE_MAX_BYTES)) {
      number++;
      const toRead = rejectedIn(line, number);
      found.set(JSON.stringify(toRead), toRead);
    }
    yield [...found.values()].map(objectRecord);
  },
};

function rejectedIn(line: string, number: number): ObjectToRead {
  const { bucket, key, etag, size, region } = parsedObject(line) ?? {};
  const object = sourceObjectOf({ bucket, key, etag, size, region });
  if (typeof object === "string") throw new DamagedError(`line ${number} ${object}`);
  return { object };
}

function unreadable(text: string): ObjectToRead[] {
  const message = memberOf(parsedObject(text), "message");
  if (typeof message !== "string") throw new DamagedError("has no message");
  const parsed = parseObjectMessage(message);
  // A message that names no object stays where it is: it is as unreadable as it was.
  if (parsed.kind !== "objects" || parsed.objects.length === 0)
    throw new DamagedError("has a message that names no object");
  return parsed.objects.map(({ object }) => ({ object }));
}
