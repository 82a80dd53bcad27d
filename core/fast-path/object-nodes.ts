import { fieldPath } from "../parsers/field-path";
import { writtenName } from "../sinks/opensearch/written-names";
import { MAX_SLOTS } from "./field-document";
import type { ProgramWriter } from "./program-writer";

/** Beside assembly/objects/nodes.ts. */
const NODE_BYTES = 40;
const OBJECT = 0xffff;

/** Beside assembly/objects/document.ts. */
const ROOTS = ["aws", "cloud", "event"];

interface Node {
  readonly name: string;
  /** -1: none. */
  readonly object: number;
  readonly members: Map<string, number>;
  slot: number | undefined;
}

/** The fields of a program for JSON objects, each with a slot, and the objects that they are in. */
export class ObjectNodes {
  readonly #nodes: Node[] = [];
  readonly #roots: readonly number[];
  #slots = 0;
  #at = 0;

  constructor() {
    const roots = [...ROOTS, ""].map((name) => this.#add(name, -1));
    this.#roots = roots;
    for (const [i, name] of ROOTS.entries()) this.#nodes[roots.at(-1)!]!.members.set(name, roots[i]!);
  }

  /** @param dotted its path. @returns its slot. @throws Error for more fields than a program can have, and for one that is an object, too */
  field(dotted: string): number {
    const node = this.#nodes[this.#indexOf(dotted)]!;
    if (node.members.size > 0 || this.#slots === MAX_SLOTS) throw new Error(`no slot for ${dotted}`);
    node.slot ??= this.#slots++;
    return node.slot;
  }

  object(dotted: string): void {
    this.#indexOf(dotted);
  }

  /** The names that an object may have. */
  namesIn(dotted: string): readonly string[] {
    return [...this.#nodes[this.#indexOf(dotted)]!.members.keys()];
  }

  /** Writes all nodes: there are no further fields. @returns the address of the roots' addresses */
  write(writer: ProgramWriter): number {
    const keys = this.#nodes.map(({ name, slot }) =>
      writer.text(writtenName(name).key + (slot === undefined ? "{" : "")),
    );
    this.#at = writer.at;
    const words = this.#nodes.flatMap(({ name, object, slot = OBJECT }, i) => [
      object < 0 ? 0 : this.#addressOf(object),
      ...keys[i]!,
      slot + (Number(writtenName(name).isDate) << 16),
      ...new Array<number>(NODE_BYTES / 4 - 4).fill(0),
    ]);
    writer.words(words);
    return writer.words(this.#roots.map((root) => this.#addressOf(root)));
  }

  /** @returns the address of a field or an object, after `write` */
  address(dotted: string): number {
    return this.#addressOf(this.#indexOf(dotted));
  }

  #addressOf(index: number): number {
    return this.#at + NODE_BYTES * index;
  }

  #indexOf(dotted: string): number {
    let at = this.#roots.at(-1)!;
    for (const name of fieldPath(dotted)) at = this.#nodes[at]!.members.get(name) ?? this.#add(name, at);
    return at;
  }

  #add(name: string, object: number): number {
    const index = this.#nodes.push({ name, object, members: new Map(), slot: undefined }) - 1;
    this.#nodes[object]?.members.set(name, index);
    return index;
  }
}
