import { brotliDecompressSync } from "node:zlib";
import { ENCODER_WASM } from "./wasm-binary";

interface Global<T = number> {
  readonly value: T;
}

/** The exports of assembly/index.ts, documented there. Numbers are addresses in its memory unless their docstring says otherwise. */
interface Exports {
  memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  RESERVED_NAMES: Global;
  LINE_PREFIX: Global;
  ENDS: Global;
  OUT: Global;
  ENVELOPE: Global;
  LINES: Global;
  SLACK: Global;
  HEAD: Global;
  HOURS: Global;
  ID_TEXT: Global;
  INFLATE_SLACK: Global;
  PROGRAMS: Global;
  SPANS: Global;
  ALL_ENCODED: Global;
  OUT_FULL: Global;
  NEEDS_LINE_PREFIX: Global;
  NEEDS_PLAIN_PATH: Global;
  NEEDS_PARSER: Global;
  NONE_PARSED: Global;
  SIGNED_PARSED: Global;
  ALL_PARSED: Global;
  ID_LENGTH: Global;
  from: Global;
  id: Global;
  message: Global;
  time: Global<bigint>;
  start: Global;
  fieldEvents: Global;
  to: Global;
  line: Global;
  lineTime: Global<bigint>;
  fieldLines: Global;
  setParsed(which: number): void;
  setObjectTimes(objectTime: number, latestTime: number): void;
  openLines(places: number, lines: number, start: number, first: number, hasUtf8: number): void;
  encodeLines(): number;
  findObjects(bytes: number, at: number, end: number, places: number, most: number): number;
  open(end: number, firstId: number, minTime: number, maxTime: number, tail: number, parsed: number): void;
  setLinePrefix(length: number, id: number, time: number, cloud: number, from: number, until: number): void;
  clearObjectPrefixes(): void;
  nextObjectPrefix(): number;
  setObjectPrefix(length: number, id: number, time: number, cloud: number, from: number, until: number): void;
  setTo(at: number): void;
  setPrograms(at: number, count: number): void;
  setKnownObjects(at: number, length: number, bytes: number): void;
  forgetMembers(): void;
  inflateMember(from: number, length: number, to: number, size: number): number;
  findNames(envelope: number, end: number): number;
  hashId(length: number): void;
  rewind(): void;
  encodeEvents(): number;
}

/** A global of Node.js that @types/node lacks. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { exports: Exports };
};

/** Views of the encoder's memory. */
export interface Memory {
  all: Buffer;
  /** Begins with the encoded lines. */
  out: Buffer;
  /** The number of encoded events, then the end of each event's lines in `out`. */
  ends: Uint32Array;
  /** Offsets in the head that `findNames` has read: the end of the log group, start and end of the log stream, the first event's id. */
  head: Uint32Array;
  /** The hours of an envelope's events: see assembly/tallies.ts. */
  hours: Int32Array;
  /** The hash that `hashId` has made: its lower 32 bits, then the upper ones. */
  idHash: Uint32Array;
}

const PAGE_BYTES = 65_536;

/** An instance of the WASM encoder with its memory, 6.2 MiB at first. */
export class WasmEncoder {
  readonly exports = new WebAssembly.Instance(
    new WebAssembly.Module(brotliDecompressSync(Buffer.from(ENCODER_WASM, "base64"))),
  ).exports;

  // Read once: reading a WebAssembly global takes longer than copying a short line.
  readonly RESERVED_NAMES = this.exports.RESERVED_NAMES.value;
  readonly LINE_PREFIX = this.exports.LINE_PREFIX.value;
  readonly ENVELOPE = this.exports.ENVELOPE.value;
  readonly LINES = this.exports.LINES.value;
  readonly PROGRAMS = this.exports.PROGRAMS.value;
  readonly SPANS = this.exports.SPANS.value;
  readonly SLACK = this.exports.SLACK.value;
  readonly INFLATE_SLACK = this.exports.INFLATE_SLACK.value;
  readonly ALL_ENCODED = this.exports.ALL_ENCODED.value;
  readonly OUT = this.exports.OUT.value;
  readonly OUT_FULL = this.exports.OUT_FULL.value;
  readonly NEEDS_LINE_PREFIX = this.exports.NEEDS_LINE_PREFIX.value;
  readonly NEEDS_PLAIN_PATH = this.exports.NEEDS_PLAIN_PATH.value;
  readonly NONE_PARSED = this.exports.NONE_PARSED.value;
  readonly SIGNED_PARSED = this.exports.SIGNED_PARSED.value;
  readonly ALL_PARSED = this.exports.ALL_PARSED.value;
  readonly NEEDS_PARSER = this.exports.NEEDS_PARSER.value;
  readonly ID_LENGTH = this.exports.ID_LENGTH.value;
  readonly ID_TEXT = this.exports.ID_TEXT.value;

  /** Stands for an event's id in a line prefix. Kept, since building it for each record takes longer than writing an event. */
  readonly placeholderId = "0".repeat(this.ID_LENGTH);

  #memory = this.#views();

  /** Growing the memory detaches earlier views: ask for them after `ensureMemory`. */
  get memory(): Memory {
    return this.#memory;
  }

  /** Grows the memory to `bytes` or more; it never shrinks. */
  ensureMemory(bytes: number): void {
    const missing = bytes - this.#memory.all.length;
    if (missing <= 0) return;
    this.exports.memory.grow(Math.ceil(missing / PAGE_BYTES));
    this.#memory = this.#views();
  }

  #views(): Memory {
    const { memory, ENDS, OUT, HEAD, HOURS, ID_TEXT } = this.exports;
    const ends = new Uint32Array(memory.buffer, ENDS.value, (OUT.value - ENDS.value) / 4);
    const head = new Uint32Array(memory.buffer, HEAD.value, 4);
    const hours = new Int32Array(memory.buffer, HOURS.value, (ID_TEXT.value - HOURS.value) / 4);
    const idHash = new Uint32Array(memory.buffer, ID_TEXT.value, 2);
    return { all: Buffer.from(memory.buffer), out: Buffer.from(memory.buffer, OUT.value), ends, head, hours, idHash };
  }
}
