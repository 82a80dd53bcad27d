import { isUtf8 } from "node:buffer";
import { type RecordOrigin, timesOf } from "../events/complete";
import { documentId } from "../events/document-id";
import type { IndexLayouts } from "../events/index-layout";
import { IndexSlots } from "../events/index-slot";
import type { MessageParsing } from "../parsers/message-parsing";
import type { EnvelopeReceipt } from "../receipts/receipt";
import { bulkLines } from "../sinks/opensearch/bulk-request";
import { documentOf } from "../sinks/opensearch/document";
import { parsedDocumentOf, parsedParts } from "../sinks/opensearch/parsed-document";
import { countedHours } from "./counted-hours";
import { EncodedLines } from "./encoded-lines";
import { parseHead } from "./envelope-head";
import { tailOf } from "./envelope-tail";
import { FieldPrograms } from "./field-programs";
import { inflatedInto } from "./inflated-into";
import { type HeadContext, KnownHeads, MAX_KNOWN_HEAD_BYTES } from "./known-heads";
import { writeLayoutProgram } from "./layout-program";
import { type NamedEnvelope, OpenEnvelope } from "./open-envelope";
import { writePairsProgram } from "./pairs-program";
import { setReservedNames } from "./reserved-names";
import { setLinePrefix } from "./set-line-prefix";
import { StaleLinesError } from "./stale-lines-error";
import { WasmEncoder } from "./wasm-encoder";

/** The end of a line prefix, after the last of the pipeline's own fields. */
const END_OF_FIELDS = '},"message":"';

/** In UTF-8, of a UTF-16 code unit. */
const MAX_CHARACTER_BYTES = 3;

/** The head of an envelope, and offsets in it. */
interface ReadHead {
  readonly named: NamedEnvelope;
  readonly firstId: number;
  /** Of the log stream's name, if the line prefix of its log group is known. */
  readonly streamStart: number;
  readonly streamEnd: number;
}

/**
 * Encodes one envelope at a time. Its memory belongs to the envelope opened last and to the lines encoded last: using any others
 * throws a StaleLinesError.
 */
export class EnvelopeEncoder {
  readonly #wasm: WasmEncoder;
  readonly #programs: FieldPrograms;
  readonly #heads = new KnownHeads();
  #envelope: OpenEnvelope | undefined;
  #lines: EncodedLines | undefined;
  #linePrefixLength = 0;

  constructor(wasm = new WasmEncoder()) {
    this.#wasm = wasm;
    this.#programs = new FieldPrograms(wasm, { writeLayout: writeLayoutProgram, writePairs: writePairsProgram });
    setReservedNames(wasm);
  }

  /**
   * Inflates gzip where `open` expects an envelope.
   *
   * @param maxBytes maximum size of the inflated data
   * @returns part of the memory, valid until anything else is inflated or opened; undefined for what is left
   * to zlib
   */
  inflate(data: Buffer, maxBytes: number): Buffer | undefined {
    this.#lines = undefined;
    this.#envelope = undefined;
    return inflatedInto(this.#wasm, data, maxBytes);
  }

  /**
   * Copies an envelope into the memory, if `inflate` has not left it there.
   *
   * @param record its position in the batch
   * @param isLeft whether the envelopes of a log group are left to somebody else. @default none are
   * @returns undefined for those, and for an envelope whose head is not in CloudWatch Logs' canonical form
   */
  open(
    bytes: Buffer,
    record: number,
    origin: RecordOrigin,
    layouts: IndexLayouts,
    parsing?: Pick<MessageParsing, "of">,
    isLeft?: (logGroup: string) => boolean,
  ): OpenEnvelope | undefined {
    const { region } = origin;
    const head = this.#readHead(bytes, { region, layouts, parsing });
    if (!head || isLeft?.(head.named.logGroup)) return undefined;
    const { ENVELOPE, SLACK } = this.#wasm;
    const tail = tailOf(bytes);
    const end = ENVELOPE + bytes.length;
    this.#wasm.ensureMemory(end + SLACK);
    this.#lines = undefined;
    const places = {
      end,
      firstId: ENVELOPE + head.firstId,
      streamStart: ENVELOPE + head.streamStart,
      streamEnd: ENVELOPE + head.streamEnd,
      tailLength: tail.length,
    };
    this.#envelope = new OpenEnvelope(record, head.named, places, timesOf(origin), region, tail.extractedFields);
    const { all } = this.#wasm.memory;
    if (bytes.buffer !== all.buffer) all.set(bytes, ENVELOPE);
    return this.#envelope;
  }

  #readHead(bytes: Buffer, context: HeadContext): ReadHead | undefined {
    const { memory, exports, ENVELOPE } = this.#wasm;
    const { all, head } = memory;
    const headEnd = ENVELOPE + Math.min(bytes.length, MAX_KNOWN_HEAD_BYTES);
    if (bytes.buffer === all.buffer && exports.findNames(ENVELOPE, headEnd) !== 0) {
      if (!isUtf8(bytes)) return undefined;
      const [streamStart, streamEnd] = [head[1]!, head[2]!];
      const start = all.toString("latin1", ENVELOPE, ENVELOPE + head[0]!);
      const logStream = all.toString("latin1", ENVELOPE + streamStart, ENVELOPE + streamEnd);
      return { named: this.#heads.of(start, logStream, context), firstId: head[3]!, streamStart, streamEnd };
    }
    const parsed = parseHead(bytes);
    if (!parsed) return undefined;
    const { owner, logGroup, logStream } = parsed.envelope;
    const indices = new IndexSlots(context.layouts, logGroup);
    const named = { owner, logGroup, logStream, indices, parsing: context.parsing?.of({ logGroup, logStream }) };
    return { named, firstId: parsed.firstId, streamStart: 0, streamEnd: 0 };
  }

  /**
   * Encodes the first events of an envelope, as many as fit.
   *
   * @returns undefined if one of them is not in the canonical form or beyond the record's times, if its document does not fit, or if
   * the envelope does not end after the last one
   * @throws StaleLinesError unless `envelope` was opened last
   */
  encodeFirst(envelope: OpenEnvelope): EncodedLines | undefined {
    if (envelope !== this.#envelope) throw new StaleLinesError(envelope.record);
    const { places, times, named, prefix } = envelope;
    const { end, firstId, tailLength } = places;
    this.#programs.use(named.parsing);
    this.#wasm.exports.open(end, firstId, times.earliest, times.latest, tailLength, this.#parsed(named));
    if (prefix) this.#linePrefixLength = prefix.setLast(this.#wasm, places);
    return this.#encode(envelope, 0);
  }

  /**
   * Returns what a receipt says of the events that were encoded since the first ones of an envelope.
   *
   * @throws StaleLinesError unless `envelope` was opened last
   */
  receiptOf(envelope: OpenEnvelope): EnvelopeReceipt {
    if (envelope !== this.#envelope) throw new StaleLinesError(envelope.record);
    return countedHours(this.#wasm.memory.hours, envelope.receiptPlace);
  }

  /**
   * Encodes the events after `lines`, as many as fit.
   *
   * @returns see `encodeFirst`
   * @throws StaleLinesError unless `lines` were encoded last
   */
  encodeNext(lines: EncodedLines): EncodedLines | undefined {
    this.assertCurrent(lines);
    if (lines.isLast) throw new Error(`record ${lines.record} of the batch has no further events`);
    return this.#encode(lines.envelope, lines.position + lines.events);
  }

  /** @throws StaleLinesError unless `lines` were encoded last */
  assertCurrent(lines: EncodedLines): void {
    if (lines !== this.#lines) throw new StaleLinesError(lines.record);
  }

  #encode(envelope: OpenEnvelope, position: number): EncodedLines | undefined {
    this.#lines = undefined;
    this.#wasm.exports.rewind();
    const lines = this.#encodeEvents(envelope, position);
    const { parsing } = envelope.named;
    if (lines && parsing) parsing.counts.parsed += this.#wasm.exports.fieldEvents.value;
    return lines;
  }

  #encodeEvents(envelope: OpenEnvelope, position: number): EncodedLines | undefined {
    const wasm = this.#wasm;
    for (;;) {
      const status = wasm.exports.encodeEvents();
      switch (status) {
        case wasm.NEEDS_LINE_PREFIX:
          this.#linePrefixLength = setLinePrefix(wasm, envelope);
          break;
        case wasm.NEEDS_PLAIN_PATH:
        case wasm.NEEDS_PARSER:
          if (!this.#encodePlain(envelope, status === wasm.NEEDS_PARSER)) return undefined;
          break;
        case wasm.ALL_ENCODED:
        case wasm.OUT_FULL:
          this.#lines = new EncodedLines(this, envelope, position, wasm.memory, status === wasm.ALL_ENCODED);
          return this.#lines;
        default:
          return undefined;
      }
    }
  }

  /** Which messages the plain path has to write because of a parser. */
  #parsed({ parsing }: NamedEnvelope): number {
    const { NONE_PARSED, ALL_PARSED, SIGNED_PARSED } = this.#wasm;
    if (!parsing) return NONE_PARSED;
    return parsing.needsSignature ? SIGNED_PARSED : ALL_PARSED;
  }

  /**
   * Writes the current event's lines as the plain path does.
   *
   * @param isWritten whether the lines of a message that its parser does not know are there
   * @returns false if the memory has no room for them
   */
  #encodePlain(envelope: OpenEnvelope, isWritten: boolean): boolean {
    const { named, fields } = envelope;
    const { indices, parsing } = named;
    const { memory, exports, ID_LENGTH } = this.#wasm;
    const { all } = memory;
    // With its quotes.
    const json = all.toString("utf8", exports.message.value - 1, exports.from.value + 1);
    const text: string = json.includes("\\") ? JSON.parse(json) : json.slice(1, -1);
    const parts = parsing && parsedParts(text, parsing, { json, isOwn: isWritten });
    if (parts) this.#programs.learn(parsing!, parts);
    if (parts && parts.rejection === undefined && parts.inCloud === "") {
      // All before is in the line prefix.
      return this.#write(`${parts.end}\n`, exports.start.value + this.#linePrefixLength - END_OF_FIELDS.length);
    }
    if (!parts && isWritten) return true;
    const { id, time, start } = exports;
    const timestamp = Number(time.value);
    const at = new Date(timestamp).toISOString();
    const idText = all.toString("latin1", id.value, id.value + ID_LENGTH);
    const document = parts ? parsedDocumentOf(parts, text, at, fields) : documentOf(text, at, fields);
    return this.#write(bulkLines(indices.at(timestamp).index, documentId(idText, named), document), start.value);
  }

  /** Writes the end of the current event's lines. @returns false if the memory has no room for it */
  #write(text: string, at: number): boolean {
    const { memory, exports, ENVELOPE } = this.#wasm;
    const room = ENVELOPE - at;
    if (text.length > room / MAX_CHARACTER_BYTES && Buffer.byteLength(text) > room) return false;
    exports.setTo(at + memory.all.write(text, at));
    return true;
  }
}
