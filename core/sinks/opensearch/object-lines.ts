import { objectIdSuffix } from "../../events/document-id";
import type { IndexSlot, IndexSlots } from "../../events/index-slot";
import { isDocumentTime } from "../../events/limits";
import { isoOfSeconds } from "../../parsers/epoch-seconds";
import type { StreamParsing } from "../../parsers/message-parsing";
import type { ParsedMessage, SlottedMessage } from "../../parsers/parsed-message";
import type { BulkBatch } from "./bulk-batch";
import { bulkLines, neverWritten } from "./bulk-request";
import {
  documentOf,
  emptyLineDocumentOf,
  type ObjectNames,
  objectFields,
  type RecordFields,
  textDocumentOf,
} from "./document";
import type { Lines } from "./pack";
import { type ParsedParts, parsedDocumentOf, parsedOnce, writtenParts } from "./parsed-document";

/** What the lines of an object share. */
export interface LinesSource {
  object: ObjectNames & { etag: string };
  indices: IndexSlots;
  /** @default lines stay as they are */
  parsing: StreamParsing | undefined;
  times: ObjectTimes;
}

/** How the lines of an object get the times of their documents, in ms since the epoch. */
export interface ObjectTimes {
  /** When the object was written: the time of lines without one. */
  readonly written: number;
  /** The latest time that a line may have: with any other it would make an index of any day to come. */
  readonly latest: number;
}

/** Returns the time of a line's document. @param own the line's, if it has one */
export function lineTime(own: number | undefined, { written, latest }: ObjectTimes): number {
  return own !== undefined && isDocumentTime(own) && own <= latest ? own : written;
}

/** A line that becomes a document. */
export interface ObjectLine {
  /** Its number in the object, 0-based. */
  readonly line: number;
  readonly message: string;
  /** Of its document, in ms since the epoch. @default what the parsed message says */
  readonly time?: number;
}

/** Lines of one object that become documents, by their positions in a batch. An array of them is one. */
export interface ObjectLines {
  readonly length: number;
  at(position: number): ObjectLine | undefined;
}

type Parsed = SlottedMessage | ParsedMessage | undefined;

/**
 * Returns a batch of lines of one object.
 *
 * @param bulkLines writes the documents of them all. @default one by one
 */
export function linesBatch(
  source: LinesSource,
  lines: ObjectLines,
  bulkLines = (writer: LinesWriter): Iterable<Lines> => writer.bulkLines(lines),
): BulkBatch {
  const writer = new LinesWriter(source);
  return {
    lines: () => bulkLines(writer),
    textLines: ({ position }, rejection) => Buffer.from(writer.text(lines.at(position)!, rejection)),
    probeLines: ({ position }) => writer.probe(lines.at(position)!),
  };
}

/** Lines of `_bulk` before they are copied into requests. Shared: whoever gets them copies them before another writer goes on. */
const SCRATCH_BYTES = 256 * 1024;
let scratch: Buffer | undefined;

/** Most bytes of UTF-8 that a unit of a text takes. */
const MAX_BYTES_PER_UNIT = 3;

/** Writes the documents of lines one by one. */
export class LinesWriter {
  readonly #source: LinesSource;
  readonly #fields: ReturnType<typeof objectFields>;
  readonly #idSuffix: string;
  #slot: IndexSlot | undefined;
  /** Of a line before its number: as long as its slot is the last one's. */
  #actionStart = "";
  readonly #actionEnd: string;

  constructor(source: LinesSource) {
    this.#source = source;
    this.#fields = objectFields(source.object);
    this.#idSuffix = objectIdSuffix(source.object);
    this.#actionEnd = `${this.#idSuffix}"}}\n`;
  }

  *bulkLines(lines: ObjectLines): Generator<Lines> {
    scratch ??= Buffer.allocUnsafeSlow(SCRATCH_BYTES);
    let ends: number[] = [];
    let first = 0;
    let length = 0;
    for (let position = 0; position < lines.length; position++) {
      const { text } = this.lineOf(lines.at(position)!);
      const bytes = text.length * MAX_BYTES_PER_UNIT;
      if (length + bytes > SCRATCH_BYTES && ends.length > 0) {
        yield written(first, length, ends);
        ends = [];
        first = position;
        length = 0;
      }
      if (bytes > SCRATCH_BYTES) {
        const buffer = Buffer.from(text);
        yield { record: 0, position, buffer, ends: [buffer.length] };
        first = position + 1;
      } else {
        length += scratch.write(text, length);
        ends.push(length);
      }
    }
    if (ends.length > 0) yield written(first, length, ends);
  }

  text(line: ObjectLine, rejection: string): string {
    const time = this.#timeOfAgain(line);
    const own = this.#ownOf(line);
    return bulkLines(this.#indexAt(time), this.#idOf(line), textDocumentOf(line.message, isoOf(time), own, rejection));
  }

  probe(line: ObjectLine): string {
    const document = emptyLineDocumentOf(this.#source.object.bucket, this.#fields);
    return neverWritten(this.#indexAt(this.#timeOfAgain(line)), this.#idOf(line), document);
  }

  /** Returns the two lines of `_bulk` that create a line's document, and what its parser's fields are in it. */
  lineOf(line: ObjectLine): { text: string; parts: ParsedParts | undefined } {
    const { parsing } = this.#source;
    const { message } = line;
    const parsed = parsing && parsedOnce(message, parsing);
    const time = this.#timeOf(line, parsed);
    const own = this.#ownOf(line);
    const parts = parsed && writtenParts(parsed, message, parsing, undefined, own.event);
    const iso = isoOf(time);
    const document = parts ? parsedDocumentOf(parts, message, iso, own) : documentOf(message, iso, own);
    return { text: this.#linesOf(line, time, document), parts };
  }

  /** Returns the same lines of one that has a time, but no message. @param time in ms since the epoch */
  emptyLineOf(line: number, time: number): string {
    return this.#linesOf({ line }, time, documentOf("", isoOf(time), this.#ownOf({ line })));
  }

  #linesOf({ line }: Pick<ObjectLine, "line">, time: number, document: string): string {
    this.#indexAt(time);
    return `${this.#actionStart}${line}${this.#actionEnd}${document}\n`;
  }

  #ownOf(line: Pick<ObjectLine, "line">): RecordFields & { event: string } {
    const { all, cloud, aws } = this.#fields;
    return { all, cloud, aws, event: sequence(line) };
  }

  #timeOf({ time }: ObjectLine, parsed: Parsed): number {
    return time ?? lineTime(parsed?.time, this.#source.times);
  }

  #timeOfAgain(line: ObjectLine): number {
    const { parsing } = this.#source;
    return this.#timeOf(line, parsing && parsedOnce(line.message, parsing));
  }

  #indexAt(time: number): string {
    const slot = this.#source.indices.at(time);
    if (slot !== this.#slot) {
      this.#slot = slot;
      this.#actionStart = `{"create":{"_index":${JSON.stringify(slot.index)},"_id":"`;
    }
    return slot.index;
  }

  #idOf({ line }: ObjectLine): string {
    return line + this.#idSuffix;
  }
}

/** The lines in the shared buffer; those of one event alone are a copy, because `Lines` are then nobody else's. */
function written(position: number, length: number, ends: number[]): Lines {
  const shared = scratch!.subarray(0, length);
  return { record: 0, position, buffer: ends.length === 1 ? Buffer.from(shared) : shared, ends };
}

const sequence = ({ line }: Pick<ObjectLine, "line">): string => `"sequence":${line}`;

/** @param ms since the epoch, of a document */
const isoOf = (ms: number): string => isoOfSeconds(Math.floor(ms / 1000), ms % 1000);
