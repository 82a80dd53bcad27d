import type { IndexSlots } from "../events/index-slot";
import { recordFields } from "../sinks/opensearch/document";
import { type LinePrefix, linePrefixOf } from "./line-prefix";
import type { WasmEncoder } from "./wasm-encoder";

/** In the place of a log stream's name. No log group's name has it there, for its quotes are escaped. */
const PLACEHOLDER = "the log stream";
const LOG_STREAM = '"log_stream":"';

/** Where a log stream's name is in the encoder's memory, as addresses. */
export interface StreamPlaces {
  readonly streamStart: number;
  readonly streamEnd: number;
}

/** The line prefixes of a log group, without the log stream's name: of the slot that was set last. */
export class GroupPrefix {
  #prefix: LinePrefix | undefined;
  #before: Uint8Array = new Uint8Array();
  #after: Uint8Array = new Uint8Array();

  constructor(
    private readonly names: { owner: string; logGroup: string; region: string },
    private readonly indices: IndexSlots,
  ) {}

  /**
   * Sets the line prefix of the slot that was set last, which most events of a batch are in; the encoder asks for another one. Sets none
   * if none was set.
   *
   * @param places where the log stream's name is in the memory
   * @returns its length in bytes; 0 for none
   */
  setLast(wasm: WasmEncoder, { streamStart, streamEnd }: StreamPlaces): number {
    if (!this.#prefix) return 0;
    const { memory, LINE_PREFIX, exports } = wasm;
    const { all } = memory;
    const { id, time, cloud, from, until } = this.#prefix;
    const stream = LINE_PREFIX + this.#before.length;
    all.set(this.#before, LINE_PREFIX);
    all.copyWithin(stream, streamStart, streamEnd);
    all.set(this.#after, stream + streamEnd - streamStart);
    const length = this.#before.length + streamEnd - streamStart + this.#after.length;
    exports.setLinePrefix(length, id, time, cloud, from, until);
    return length;
  }

  /** Sets the line prefix of the slot of an event. @param at its time, in ms since the epoch. @returns its length in bytes */
  set(wasm: WasmEncoder, at: number, places: StreamPlaces): number {
    const { owner, logGroup, region } = this.names;
    const fields = recordFields({ owner, logGroup, logStream: PLACEHOLDER }, region);
    const prefix = linePrefixOf(wasm, { owner, logGroup, fields }, this.indices.at(at));
    const name = prefix.text.lastIndexOf(LOG_STREAM + PLACEHOLDER) + LOG_STREAM.length;
    this.#prefix = prefix;
    this.#before = Buffer.from(prefix.text.slice(0, name));
    this.#after = Buffer.from(prefix.text.slice(name + PLACEHOLDER.length));
    return this.setLast(wasm, places);
  }
}
