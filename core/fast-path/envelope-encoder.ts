import { type RecordOrigin, timesOf } from "../events/complete";
import { documentId } from "../events/document-id";
import type { IndexLayouts } from "../events/index-layout";
import { IndexSlots } from "../events/index-slot";
import { bulkLines } from "../sinks/opensearch/bulk-request";
import { documentOf, eventFields, recordFields } from "../sinks/opensearch/document";
import { EncodedLines, type OpenEnvelope } from "./encoded-lines";
import { parseHead } from "./envelope-head";
import { tailOf } from "./envelope-tail";
import { setLinePrefix } from "./line-prefix";
import { setReservedNames } from "./reserved-names";
import { StaleLinesError } from "./stale-lines-error";
import { WasmEncoder } from "./wasm-encoder";

/**
 * Encodes one envelope at a time. Its memory belongs to the envelope opened last and to the lines encoded last: using any others
 * throws a StaleLinesError.
 */
export class EnvelopeEncoder {
  readonly #wasm = new WasmEncoder();
  #envelope: OpenEnvelope | undefined;
  #lines: EncodedLines | undefined;

  constructor() {
    setReservedNames(this.#wasm);
  }

  /**
   * Copies an envelope into the memory.
   *
   * @param record its position in the batch
   * @returns undefined for an envelope whose head is not in CloudWatch Logs' canonical form
   */
  open(bytes: Buffer, record: number, origin: RecordOrigin, layouts: IndexLayouts): OpenEnvelope | undefined {
    const head = parseHead(bytes);
    if (!head) return undefined;
    const { ENVELOPE, SLACK } = this.#wasm;
    const { owner, logGroup } = head.envelope;
    const tail = tailOf(bytes);
    const { extractedFields } = tail;
    const end = ENVELOPE + bytes.length;
    this.#wasm.ensureMemory(end + SLACK);
    this.#lines = undefined;
    this.#envelope = {
      owner,
      logGroup,
      record,
      fields: extractedFields
        ? eventFields(head.envelope, origin.region, extractedFields)
        : recordFields(head.envelope, origin.region),
      indices: new IndexSlots(layouts, logGroup),
      times: timesOf(origin),
      end,
      firstId: ENVELOPE + head.firstId,
      tailLength: tail.length,
    };
    const { all } = this.#wasm.memory;
    all.set(bytes, ENVELOPE);
    all.fill(0, end, end + SLACK);
    return this.#envelope;
  }

  /**
   * Encodes the first events of an envelope, as many as fit.
   *
   * @returns undefined if one of them is not in the canonical form or beyond the record's times, or if the envelope does not end
   * after the last one
   * @throws StaleLinesError unless `envelope` was opened last
   */
  encodeFirst(envelope: OpenEnvelope): EncodedLines | undefined {
    if (envelope !== this.#envelope) throw new StaleLinesError(envelope.record);
    const { end, firstId, times, tailLength } = envelope;
    this.#wasm.exports.open(end, firstId, times.earliest, times.latest, tailLength);
    return this.#encode(envelope, 0);
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
    const wasm = this.#wasm;
    this.#lines = undefined;
    wasm.exports.rewind();
    for (;;) {
      const status = wasm.exports.encodeEvents();
      switch (status) {
        case wasm.NEEDS_LINE_PREFIX:
          setLinePrefix(wasm, envelope);
          break;
        case wasm.NEEDS_PLAIN_PATH:
          this.#encodePlain(envelope);
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

  /** Writes the current event's lines as the plain path does. */
  #encodePlain(envelope: OpenEnvelope): void {
    const { indices, fields } = envelope;
    const { memory, exports, ID_LENGTH } = this.#wasm;
    const { all } = memory;
    const { id, message, from, time, start } = exports;
    const text: string = JSON.parse(all.toString("utf8", message.value - 1, from.value + 1));
    const timestamp = Number(time.value);
    const at = new Date(timestamp).toISOString();
    const idText = all.toString("latin1", id.value, id.value + ID_LENGTH);
    const lines = bulkLines(indices.at(timestamp).index, documentId(idText, envelope), documentOf(text, at, fields));
    exports.setTo(start.value + all.write(lines, start.value));
  }
}
