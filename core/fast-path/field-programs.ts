import type {
  DescribedParser,
  LayoutDescription,
  PairsDescription,
  SignedBeginning,
} from "../parsers/line-description";
import type { ParsedOptions, StreamParsing } from "../parsers/message-parsing";
import type { MessageParser } from "../parsers/parsed-message";
import type { ParsedParts } from "../sinks/opensearch/parsed-document";
import type { ProgramOptions } from "./field-document";
import { writeProgram } from "./field-program";
import type { writeLayoutProgram } from "./layout-program";
import { writeObjectProgram } from "./object-program";
import type { writePairsProgram } from "./pairs-program";
import { ProgramWriter } from "./program-writer";
import type { WasmEncoder } from "./wasm-encoder";

/** Programs that the encoder tries with a message: no parser has more formats of lines. */
const MAX_PROGRAMS = 16;

/** Room that a program may need, in bytes: most need a quarter of it. */
const PROGRAM_BYTES = 32 * 1024;

/** Where the text is that all known objects have, its length, and from how many bytes of a message it begins in. */
type KnownObjects = readonly [at: number, length: number, bytes: number];
const NO_OBJECTS: KnownObjects = [0, 0, 0];

/** In a JSON string, of a UTF-16 code unit. */
const MAX_ESCAPE_BYTES = 6;

/** What writes programs of formats that lines of objects do not have. */
interface EventPrograms {
  readonly writeLayout: typeof writeLayoutProgram;
  readonly writePairs: typeof writePairsProgram;
}

/** The programs of a parser. */
interface ProgramSet {
  /** The list of their addresses. */
  readonly list: number;
  programs: number;
  /** Shapes of messages, and descriptions of objects, for which there is one, or can be none. */
  readonly known: WeakSet<object>;
  readonly knownObjects: KnownObjects;
}

/**
 * The programs by which the encoder reads the lines of a parser's formats. That of a parser of one format is written at once, and those
 * of `auto` when it has parsed a line of their formats, so that no stream pays for what it does not have.
 */
export class FieldPrograms {
  readonly #encoder: WasmEncoder;
  readonly #ofEvents: EventPrograms | undefined;
  /** By the parser, and how its messages are written. */
  #sets: WeakMap<MessageParser, Map<number, ProgramSet>> = new WeakMap();
  #known = new Map<string | object, number>();
  #at: number;

  /** @param ofEvents undefined: the programs are of lines of objects */
  constructor(encoder: WasmEncoder, ofEvents: EventPrograms | undefined) {
    this.#encoder = encoder;
    this.#ofEvents = ofEvents;
    this.#at = encoder.PROGRAMS;
  }

  /** Makes the encoder try the programs of a log stream's parser. @param parsing undefined: it has none */
  use(parsing: StreamParsing | undefined): void {
    const set = parsing && this.#setOf(parsing);
    this.#encoder.exports.setKnownObjects(...(set?.knownObjects ?? NO_OBJECTS));
    this.#encoder.exports.setPrograms(set?.list ?? 0, set?.programs ?? 0);
  }

  /** Takes note that the parser has parsed a message of this shape, or an object of this description. */
  learn(parsing: StreamParsing, { shape, object }: Partial<Pick<ParsedParts, "shape" | "object">>): void {
    const { lineOf, objectOf, layoutsOf, pairsOf } = parsing.parse;
    const format = shape ?? object;
    if (format === undefined || lineOf === undefined) return;
    if (this.#makeRoom()) this.use(parsing);
    const set = this.#setOf(parsing);
    if (set.known.has(format)) return;
    set.known.add(format);
    const options = this.#options(parsing);
    const line = shape && lineOf(shape);
    const signed = object && objectOf?.(object);
    if (line) this.#add(set, (writer) => writeProgram(line.line, line, options, writer));
    if (signed) this.#add(set, (writer) => writeObjectProgram(signed.object, signed, options, writer));
    for (const one of (shape && layoutsOf?.(shape)) ?? []) this.#addLayout(set, one.layout, one, options);
    const pairs = shape && pairsOf?.(shape);
    if (pairs) this.#addPairs(set, pairs.pairs, pairs, options);
    this.use(parsing);
  }

  #setOf(parsing: StreamParsing): ProgramSet {
    const { parse, keepMessage, eventOriginal } = parsing;
    const sets = this.#sets.get(parse) ?? new Map<number, ProgramSet>();
    this.#sets.set(parse, sets);
    const key = Number(keepMessage) + 2 * Number(eventOriginal);
    const known = sets.get(key);
    if (known) return known;
    if (this.#makeRoom()) return this.#setOf(parsing);
    const { line, object, layouts = [], pairs, knownObjects } = parse;
    const list = this.#at;
    this.#at += 4 * MAX_PROGRAMS;
    const set: ProgramSet = {
      ...{ list, programs: 0, known: new WeakSet() },
      knownObjects: knownObjects ? this.#knownObjects(knownObjects) : NO_OBJECTS,
    };
    sets.set(key, set);
    const options = this.#options(parsing);
    if (line) this.#add(set, (writer) => writeProgram(line, undefined, options, writer));
    if (object) this.#add(set, (writer) => writeObjectProgram(object, undefined, options, writer));
    for (const layout of layouts) this.#addLayout(set, layout, undefined, options);
    if (pairs) this.#addPairs(set, pairs, undefined, options);
    return set;
  }

  #addLayout(
    set: ProgramSet,
    layout: LayoutDescription,
    signed: SignedBeginning | undefined,
    options: ProgramOptions,
  ): void {
    const write = this.#ofEvents?.writeLayout;
    if (write) this.#add(set, (writer) => write(layout, signed, options, writer));
  }

  #addPairs(
    set: ProgramSet,
    pairs: PairsDescription,
    signed: SignedBeginning | undefined,
    options: ProgramOptions,
  ): void {
    const write = this.#ofEvents?.writePairs;
    if (write) this.#add(set, (writer) => write(pairs, signed, options, writer));
  }

  #options({ keepMessage, eventOriginal }: ParsedOptions): ProgramOptions {
    return { keepMessage, eventOriginal, isOfObject: this.#ofEvents === undefined };
  }

  /** Forgets all programs if there is no room for another: parsers have come and gone, such as those of tests. */
  #makeRoom(): boolean {
    if (this.#at + PROGRAM_BYTES <= this.#encoder.SPANS) return false;
    this.#sets = new WeakMap();
    this.#known = new Map();
    this.#at = this.#encoder.PROGRAMS;
    this.#encoder.exports.forgetMembers();
    return true;
  }

  #knownObjects({ text, withinCharacters }: NonNullable<DescribedParser["knownObjects"]>): KnownObjects {
    const writer = new ProgramWriter(this.#encoder.memory.all, this.#at, this.#encoder.SPANS, this.#known);
    const [at, length] = writer.text(JSON.stringify(text).slice(1, -1));
    this.#at = writer.at;
    return [at, length, withinCharacters * MAX_ESCAPE_BYTES];
  }

  /** Adds a program, unless the encoder cannot have it: the parser reads its lines then. */
  #add(set: ProgramSet, write: (writer: ProgramWriter) => number): void {
    if (set.programs === MAX_PROGRAMS) return;
    const { all } = this.#encoder.memory;
    const writer = new ProgramWriter(all, this.#at, this.#encoder.SPANS, this.#known);
    try {
      all.writeUInt32LE(write(writer), set.list + 4 * set.programs);
      set.programs++;
    } catch {
      // What is written stays: others may share it.
    }
    this.#at = writer.at;
  }
}
