import type { SignedBeginning } from "../parsers/line-description";
import type {
  FirstMember,
  MemberNeed,
  MemberStep,
  MembersDescription,
  ObjectDescription,
  TextStep,
} from "../parsers/object-description";
import type { ProgramOptions } from "./field-document";
import { jsonOf, writtenSteps } from "./field-steps";
import { nameTable } from "./name-table";
import { ObjectNodes } from "./object-nodes";
import { patternTable } from "./pattern-table";
import type { ProgramWriter } from "./program-writer";
import { signatureWords } from "./signature-words";

/** Beside assembly/objects/program.ts. */
const OBJECT_PROGRAM = 0x80;

/** Beside assembly/objects/members.ts. */
const KINDS = {
  ...{ texts: 0, members: 1, objects: 2, other: 3, parser: 4 },
  ...{ strings: 5, names: 6, pairs: 7, answers: 8 },
} as const;
const MAX_PATHS = 3;

const NEEDS: Readonly<Record<MemberNeed, number>> = { text: 1, string: 2, object: 3, scalar: 4 };

const FIRST_GROUP = 5;

/** Beside assembly/objects/member-texts.ts. */
const IS_OPTIONAL = 1;
const IS_IF_FREE = 2;

/**
 * Writes the program by which the encoder reads a format's JSON objects: assembly/objects documents it.
 *
 * @param signed how messages begin, where they may be of several formats
 * @returns its address
 * @throws Error for a format that the encoder cannot read, or if its memory has no room
 */
export function writeObjectProgram(
  description: ObjectDescription,
  signed: SignedBeginning | undefined,
  { eventOriginal, isOfObject }: ProgramOptions,
  writer: ProgramWriter,
): number {
  const { constants, needs, needsOneOf = [], time } = description;
  if (isOfObject && time === undefined) throw new Error("lines of an object need their own times");
  const nodes = new ObjectNodes();
  for (const [path] of constants) nodes.field(path);
  addFields(description.members, nodes);
  const roots = nodes.write(writer);
  const members = new MembersWriter(nodes, writer);
  const groups = new Map(needsOneOf.flatMap((names, i) => names.map((name) => [name, FIRST_GROUP + i] as const)));
  const needed = new Map([...Object.entries(needs).map(([name, need]) => [name, NEEDS[need]] as const), ...groups]);
  const object = members.write(description.members, needed);
  const constantList = constants.map(([path, value]) => [nodes.address(path), ...writer.text(jsonOf(value))]);
  const constantsAt = writer.words(constantList.flat());
  const signature = signatureWords(signed, writer);
  return writer.words([
    OBJECT_PROGRAM,
    ...[object, roots],
    Object.keys(needs).length,
    ...[constantsAt, constants.length],
    eventOriginal ? 1 : 0,
    isOfObject && time !== undefined ? nodes.address(time) : 0,
    2 ** needsOneOf.length - 1,
    ...new Array<number>(5).fill(0),
    ...signature,
  ]);
}

function addFields({ own, members, later }: MembersDescription, nodes: ObjectNodes): void {
  nodes.object(own);
  for (const { path, from } of later) for (const field of [path, from]) nodes.field(field);
  for (const step of members.values()) addField(step, nodes);
}

function addField(step: MemberStep | undefined, nodes: ObjectNodes): void {
  if (step === undefined) return;
  if (step.kind === "members") addFields(step.members, nodes);
  if ("texts" in step) for (const { paths } of step.texts) for (const path of paths) nodes.field(path);
  if ("path" in step) nodes.field(step.path);
  if (step.kind === "objects" && step.first) nodes.field(step.first.path);
  if (step.kind === "pairs") for (const field of step.fields.values()) addField(field, nodes);
  if (step.kind === "answers") nodes.field(step.addresses);
}

/** What the message needs, by the names of members. */
type Needs = ReadonlyMap<string, number>;

/** What a member is, its arguments, and the name that it has in the message. */
class MembersWriter {
  readonly #addresses = new Map<string, number>();

  constructor(
    readonly nodes: ObjectNodes,
    readonly writer: ProgramWriter,
  ) {}

  /** @param prefix of a member's dotted name. @returns the address of an object's members */
  write({ own, members, later, numbers }: MembersDescription, needs: Needs, prefix = ""): number {
    const { nodes, writer } = this;
    const names = [...new Set([...members.keys(), ...needs.keys()])];
    const entries = names.map(
      (name) =>
        [
          name,
          this.#member(name, members.has(name) ? (members.get(name) ?? "parser") : "other", needs.get(name), prefix),
        ] as const,
    );
    const ownNames = nodes.namesIn(own).map((name) => [name, writer.words(writer.text(name))] as const);
    const tables = [...nameTable(entries, writer), ...nameTable(ownNames, writer)];
    const pattern = numbers ? writer.shared(patternTable(numbers)) : 0;
    const laterList = later.map(({ path, from, having, lacking }) => [
      ...[nodes.address(path), nodes.address(from)],
      ...[having, lacking].map((member) => (member === undefined ? 0 : this.#memberAt(prefix + member))),
    ]);
    return writer.words([nodes.address(own), ...tables, writer.words(laterList.flat()), later.length, pattern, 0]);
  }

  /** @param dotted name of a member. @returns its address */
  #memberAt(dotted: string): number {
    const address = this.#addresses.get(dotted);
    if (address === undefined) throw new Error(`no member ${dotted}`);
    return address;
  }

  /** Writes a member. @returns its address */
  #member(name: string, step: MemberStep | "other" | "parser", need = 0, prefix = ""): number {
    const kind = KINDS[typeof step === "string" ? step : step.kind];
    const list = typeof step === "string" ? [0, 0] : this.#argumentsOf(step, `${prefix}${name}.`);
    const first = typeof step !== "string" && step.kind === "objects" ? this.#firstMember(step.first) : 0;
    const [key] = this.writer.text(`,"${name}":`);
    const [innerKey] = this.writer.text(`,\\"${name}\\":`);
    const words = [...this.writer.text(name), kind + (need << 8), ...list, 0, 0, first, key, innerKey, 0];
    const address = this.writer.words(words);
    this.#addresses.set(prefix + name, address);
    return address;
  }

  /** @returns the address of its text, its field and the value of that; 0: there is none */
  #firstMember(first: FirstMember | undefined): number {
    if (!first) return 0;
    const { nodes, writer } = this;
    return writer.words([...writer.text(first.member), nodes.address(first.path), ...writer.text(jsonOf(first.value))]);
  }

  #argumentsOf(step: MemberStep, prefix: string): readonly [first: number, count: number] {
    const { nodes, writer } = this;
    switch (step.kind) {
      case "members":
        return [this.write(step.members, new Map(), prefix), 0];
      case "pairs": {
        const fields = [...step.fields].map(([name, field]) => [name, this.#member(name, field ?? "parser")] as const);
        return [writer.words([nodes.address(step.path), ...nameTable(fields, writer)]), 0];
      }
      case "answers":
        return [writer.words([nodes.address(step.path), nodes.address(step.addresses)]), 0];
      case "texts":
      case "strings":
        return [writer.words(step.texts.flatMap((text) => this.#text(text))), step.texts.length];
      default:
        return [nodes.address(step.path), 0];
    }
  }

  /** Its step, flags, and its nodes. */
  #text({ paths, step, isOptional, isHidden, isIfFree }: TextStep): readonly number[] {
    const { nodes, writer } = this;
    const slots = paths.map((path) => nodes.field(path));
    const at = writer.bytes(writtenSteps([{ ...step, slots }], writer));
    const addresses = isHidden ? [] : paths.map((path) => nodes.address(path));
    const flags = (isOptional ? IS_OPTIONAL : 0) + (isIfFree ? IS_IF_FREE : 0);
    return [at, flags, ...addresses, ...new Array<number>(MAX_PATHS - addresses.length).fill(0)];
  }
}
