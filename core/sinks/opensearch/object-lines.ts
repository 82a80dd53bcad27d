import { objectIdSuffix } from "../../events/document-id";
import type { IndexSlot, IndexSlots } from "../../events/index-slot";
import { isoOfSeconds } from "../../parsers/epoch-seconds";
import type { StreamParsing } from "../../parsers/message-parsing";
import type { ParsedMessage, SlottedMessage } from "../../parsers/parsed-message";
import type { BulkBatch } from "./bulk-batch";
import { bulkLines, neverWritten } from "./bulk-request";
import { documentOf, emptyLineDocumentOf, type ObjectNames, objectFields, textDocumentOf } from "./document";
import type { Lines } from "./pack";
import { parsedDocumentOf, parsedOnce, writtenParts } from "./parsed-document";

/** What the lines of an object share. */
export interface LinesSource {
  object: ObjectNames & { etag: string };
  indices: IndexSlots;
  /** @default lines stay as they are */
  parsing: StreamParsing | undefined;
  /** Returns the time of a line's document, in ms since the epoch. @param own the line's own, if it has one */
  timeOf(own: number | undefined): number;
}

/** A line that becomes a document. */
export interface ObjectLine {
  /** Its number in the object, 0-based. */
  readonly line: number;
  readonly message: string;
  /** Of its document, in ms since the epoch. @default what the parsed message says */
  readonly time?: number;
}

type Parsed = SlottedMessage | ParsedMessage | undefined;

/** Returns a batch of lines of one object; the position of each is that in `lines`. */
export function linesBatch(source: LinesSource, lines: readonly ObjectLine[]): BulkBatch {
  const writer = new LinesWriter(source);
  return {
    lines: () => writer.bulkLines(lines),
    textLines: ({ position }, rejection) => Buffer.from(writer.text(lines[position]!, rejection)),
    probeLines: ({ position }) => writer.probe(lines[position]!),
  };
}

/** Lines of `_bulk` before they are copied into requests. Shared: whoever gets them copies them before another writer goes on. */
const SCRATCH_BYTES = 256 * 1024;
let scratch: Buffer | undefined;

/** Most bytes of UTF-8 that a unit of a text takes. */
const MAX_BYTES_PER_UNIT = 3;

class LinesWriter {
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

  *bulkLines(lines: readonly ObjectLine[]): Generator<Lines> {
    scratch ??= Buffer.allocUnsafeSlow(SCRATCH_BYTES);
    let ends: number[] = [];
    let first = 0;
    let length = 0;
    for (let position = 0; position < lines.length; position++) {
      const text = this.#lineOf(lines[position]!);
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
    const time = this.#timeOf(line, undefined);
    const own = { ...this.#fields, event: sequence(line) };
    return bulkLines(this.#indexAt(time), this.#idOf(line), textDocumentOf(line.message, isoOf(time), own, rejection));
  }

  probe(line: ObjectLine): string {
    const document = emptyLineDocumentOf(this.#source.object.bucket, this.#fields);
    return neverWritten(this.#indexAt(this.#timeOf(line, undefined)), this.#idOf(line), document);
  }

  #lineOf(line: ObjectLine): string {
    const { parsing } = this.#source;
    const { message } = line;
    const parsed = parsing && parsedOnce(message, parsing);
    const time = this.#timeOf(line, parsed);
    const { all, cloud, aws } = this.#fields;
    const own = { all, cloud, aws, event: sequence(line) };
    const parts = parsed && writtenParts(parsed, message, parsing, undefined, own.event);
    const iso = isoOf(time);
    const document = parts ? parsedDocumentOf(parts, message, iso, own) : documentOf(message, iso, own);
    this.#indexAt(time);
    return `${this.#actionStart}${line.line}${this.#actionEnd}${document}\n`;
  }

  #timeOf({ time, message }: ObjectLine, parsed: Parsed): number {
    if (time !== undefined) return time;
    const { parsing, timeOf } = this.#source;
    return timeOf((parsed ?? (parsing && parsedOnce(message, parsing)))?.time);
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

const sequence = ({ line }: ObjectLine): string => `"sequence":${line}`;

/** @param ms since the epoch, of a document */
const isoOf = (ms: number): string => isoOfSeconds(Math.floor(ms / 1000), ms % 1000);
