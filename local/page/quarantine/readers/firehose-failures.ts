import { DamagedError } from "../../../../archive/outcome-errors";
import { parsedObject } from "../../../../core/json/object";
import { type QuarantinedEntry, shownBytes, TooLargeError } from "../entry";
import { type QuarantinedContent, quarantinedLines } from "../limited-content";

const GZIP = 0x1f8b;

/**
 * What Firehose could not transform or index: a line of JSON for each record.
 *
 * Source: Firehose Developer Guide "Handle failure in data transformation" and "Handle data delivery failures".
 */
export async function* firehoseFailures(
  object: QuarantinedContent,
  deliveryStream = "",
): AsyncGenerator<QuarantinedEntry> {
  if (/\.(zip|snappy|hsnappy)$/.test(object.key))
    throw new TooLargeError("What is compressed by zip or Snappy is not shown.");
  const { isGzip, chunks } = await beginning(object);
  let number = 0;
  for await (const line of quarantinedLines({ ...object, chunks }, isGzip)) {
    number++;
    const failed = parsedObject(line);
    const { rawData, errorCode, errorMessage, arrivalTimestamp, esDocumentId, esIndexName } = failed ?? {};
    if (typeof rawData !== "string") throw new DamagedError(`line ${number} is no failed record of Firehose`);
    const at = typeof arrivalTimestamp === "number" && Math.abs(arrivalTimestamp) < 8e15 ? arrivalTimestamp : undefined;
    yield {
      ...{ at, from: at, to: at, origin: deliveryStream, stream: typeof esIndexName === "string" ? esIndexName : "" },
      reason: [errorCode, errorMessage].filter((part) => typeof part === "string").join(": ") || "no error",
      text: shownBytes(Buffer.from(rawData, "base64")),
      events: 1,
      ids: typeof esDocumentId === "string" ? [esDocumentId] : [],
    };
  }
}

/** Keys may have any ending, so the content says it. */
async function beginning({ chunks }: QuarantinedContent) {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  const bytes = first.done ? Buffer.alloc(0) : Buffer.from(first.value);
  return {
    isGzip: bytes.byteLength >= 2 && bytes.readUInt16BE() === GZIP,
    chunks: (async function* () {
      try {
        yield bytes as Uint8Array;
        for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
      } finally {
        await iterator.return?.();
      }
    })(),
  };
}
