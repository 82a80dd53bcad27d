import { objectIdSuffix } from "../events/document-id";
import type { LogEvent } from "../events/envelope";
import { IndexSlots } from "../events/index-slot";
import { DOCUMENT_TIMES, MAX_EVENT_AHEAD_MS } from "../events/limits";
import { encodedBatch, isEncodable } from "../fast-path/lines-encoder";
import { RawObjectLines } from "../fast-path/raw-object-lines";
import type { EventOrigin } from "../rules/event-origin";
import type { RuleCounts } from "../rules/rule-set";
import type { AccessLogSource } from "../settings/access-log-sources";
import type { BulkBatch } from "../sinks/opensearch/bulk-batch";
import {
  type LinesSource,
  linesBatch,
  lineTime,
  type ObjectLine,
  type ObjectLines,
} from "../sinks/opensearch/object-lines";
import { RawLines } from "../sources/s3/line-texts";
import type { LinesHeader } from "../sources/s3/lines-header";
import type { ObjectChunk } from "../sources/s3/object-chunk";
import type { ObjectFormat } from "../sources/s3/object-format";
import type { SourceObject } from "../sources/s3/source-object";
import type { ObjectSettings } from "./object-settings";

/** An object whose lines become documents. */
export interface ReadObject {
  object: SourceObject;
  /** What its key says. */
  format: Extract<ObjectFormat, { kind: "logs" }>;
  source: Pick<AccessLogSource, "name" | "index" | "parserFields">;
  /** When it was written, in ms since the epoch. */
  lastModified: number;
}

/** The events of a chunk, in the order of the batch. */
export interface ChunkEvents {
  lines: ObjectLines;
  batch: BulkBatch;
  /** What the rules did; absent without rules. */
  counts?: RuleCounts;
}

/** Makes documents of the lines of one object. */
export class ObjectDocuments {
  readonly #read: ReadObject;
  readonly #settings: ObjectSettings;
  readonly #origin: EventOrigin;
  #last: { header: LinesHeader | undefined; source: LinesSource } | undefined;

  constructor(read: ReadObject, settings: ObjectSettings) {
    this.#read = read;
    this.#settings = settings;
    this.#origin = originOf(read);
  }

  of(chunk: ObjectChunk): ChunkEvents {
    const source = this.#sourceOf(chunk.header);
    if (this.#settings.rules) {
      const { lines, counts } = this.#ruled(chunk, source);
      return { lines, batch: linesBatch(source, lines), counts };
    }
    if (chunk.lines instanceof RawLines && isEncodable(source)) {
      const lines = new RawObjectLines(chunk.lines, chunk.firstLine);
      return { lines, batch: encodedBatch(source, lines) };
    }
    const lines = linesOf(chunk);
    return { lines, batch: linesBatch(source, lines) };
  }

  #sourceOf(header: LinesHeader | undefined): LinesSource {
    // A chunk repeats its header.
    if (!this.#last || namesIn(this.#last.header) !== namesIn(header)) {
      this.#last = { header, source: this.#newSource(header) };
    }
    return this.#last.source;
  }

  #newSource(header: LinesHeader | undefined): LinesSource {
    const { object, format: named, source, lastModified } = this.#read;
    const format = named.format === "auto" && header ? header.format : named.format;
    const ownFields = source.parserFields.split(" ").filter((name) => name !== "");
    const fields = header && header.format === format ? header.fields : ownFields;
    const index = format === "auto" || format === "none" ? source.name : format;
    return {
      object: { ...object, account: named.account, region: named.region },
      indices: new IndexSlots(this.#settings.layoutsOf(source.index), index),
      parsing: this.#settings.parsing.of(format, fields),
      // A line is older than its object.
      times: { written: lastModified, latest: Math.min(lastModified + MAX_EVENT_AHEAD_MS, DOCUMENT_TIMES.latest) },
    };
  }

  /** A line keeps the time of its document whatever is redacted in it, so that a new rule makes no second document of it. */
  #ruled(chunk: ObjectChunk, { parsing, times }: LinesSource): { lines: ObjectLine[]; counts: RuleCounts } {
    const events = linesOf(chunk).map(({ line, message }): LogEvent => {
      return { id: String(line), timestamp: lineTime(timeIn(message, parsing), times), message };
    });
    const { indexed, counts } = this.#settings.rules!.applyTo(events, this.#origin, parsing?.parse);
    const lines = indexed.map(({ id, timestamp, message }) => ({ line: Number(id), time: timestamp, message }));
    return { lines, counts };
  }
}

const namesIn = (header: LinesHeader | undefined): string =>
  header ? [header.format, ...header.fields].join(" ") : "";

/** A parser with a bug must not stop an object: the document's writer counts it. */
function timeIn(message: string, parsing: LinesSource["parsing"]): number | undefined {
  try {
    return parsing?.parse(message)?.time;
  } catch {
    return undefined;
  }
}

/** The lines that are events. */
function linesOf({ firstLine, lines }: ObjectChunk): ObjectLine[] {
  const events: ObjectLine[] = [];
  for (let i = 0; i < lines.length; i++) {
    const message = lines.at(i)!;
    if (message !== "") events.push({ line: firstLine + i, message });
  }
  return events;
}

function originOf({ object, format: { account, region } }: ReadObject): EventOrigin {
  const suffix = objectIdSuffix(object);
  const shared = [
    ["aws.s3.bucket.name", object.bucket],
    ["aws.s3.object.key", object.key],
    ["cloud.provider", "aws"],
    ...(account === undefined ? [] : [["cloud.account.id", account] as const]),
    ...(region === undefined ? [] : [["cloud.region", region] as const]),
  ] as const;
  return {
    ownTexts: ({ id }) => new Map<string, string>([...shared, ["event.sequence", id]]),
    documentId: ({ id }) => id + suffix,
  };
}
