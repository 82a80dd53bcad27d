import type { SignedBeginning } from "../parsers/line-description";
import type { MemberNeed, MemberStep, MembersDescription, ObjectDescription } from "../parsers/object-description";
import type { ProgramOptions } from "./field-document";
import { jsonOf, writtenSteps } from "./field-steps";
import { nameTable } from "./name-table";
import { ObjectNodes } from "./object-nodes";
import type { ProgramWriter } from "./program-writer";
import { signatureWords } from "./signature-words";

/** Beside assembly/objects/program.ts. */
const OBJECT_PROGRAM = 0x80;

/** Beside assembly/objects/members.ts. */
const KINDS = { texts: 0, members: 1, objects: 2, other: 3, parser: 4 } as const;
const NEEDS: Readonly<Record<MemberNeed, number>> = { text: 1, string: 2, object: 3, scalar: 4 };

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
  const { constants, needs, fallback, time } = description;
  if (isOfObject && time === undefined) throw new Error("lines of an object need their own times");
  const nodes = new ObjectNodes();
  for (const [path] of constants) nodes.field(path);
  addFields(description.members, nodes);
  if (fallback) for (const path of [fallback.path, fallback.from]) nodes.field(path);
  const roots = nodes.write(writer);
  const members = new MembersWriter(nodes, writer);
  const object = members.write(description.members, needs);
  const constantList = constants.map(([path, value]) => [nodes.address(path), ...writer.text(jsonOf(value))]);
  const constantsAt = writer.words(constantList.flat());
  const signature = signatureWords(signed, writer);
  return writer.words([
    OBJECT_PROGRAM,
    ...[object, roots],
    Object.keys(needs).length,
    ...[constantsAt, constants.length],
    ...(fallback
      ? [nodes.address(fallback.path), nodes.address(fallback.from), members.memberAt(fallback.unless)]
      : [0, 0, 0]),
    eventOriginal ? 1 : 0,
    isOfObject && time !== undefined ? nodes.address(time) : 0,
    ...new Array<number>(3).fill(0),
    ...signature,
  ]);
}

function addFields({ own, members }: MembersDescription, nodes: ObjectNodes): void {
  nodes.object(own);
  for (const step of members.values()) {
    if (step?.kind === "members") addFields(step.members, nodes);
    else if (step?.kind === "objects") nodes.field(step.path);
    else for (const { path } of step?.texts ?? []) nodes.field(path);
  }
}

/** What a member is, its arguments, and the name that it has in the message. */
class MembersWriter {
  readonly #addresses = new Map<string, number>();

  constructor(
    readonly nodes: ObjectNodes,
    readonly writer: ProgramWriter,
  ) {}

  /** @param prefix of a member's dotted name. @returns the address of an object's members */
  write({ own, members }: MembersDescription, needs: ObjectDescription["needs"], prefix = ""): number {
    const { nodes, writer } = this;
    const names = [...new Set([...members.keys(), ...Object.keys(needs).filter((name) => !name.includes("."))])];
    const entries = names.map((name) => {
      const step = members.get(name);
      const [kind, first, count] = members.has(name)
        ? this.#argumentsOf(step, `${prefix}${name}.`)
        : [KINDS.other, 0, 0];
      const but = step?.kind === "objects" && step.but !== undefined ? writer.text(step.but) : [0, 0];
      const need = needs[name];
      const [at, length] = writer.text(name);
      const address = writer.words([at, length, kind + ((need ? NEEDS[need] : 0) << 8), first, count, 0, 0, ...but]);
      this.#addresses.set(prefix + name, address);
      return [name, address] as const;
    });
    const ownNames = nodes.namesIn(own).map((name) => [name, writer.words(writer.text(name))] as const);
    const tables = [...nameTable(entries, writer), ...nameTable(ownNames, writer)];
    return writer.words([nodes.address(own), ...tables]);
  }

  /** @param dotted name of a member. @returns its address */
  memberAt(dotted: string): number {
    const address = this.#addresses.get(dotted);
    if (address === undefined) throw new Error(`no member ${dotted}`);
    return address;
  }

  #argumentsOf(step: MemberStep | undefined, prefix: string): readonly [kind: number, first: number, count: number] {
    const { nodes, writer } = this;
    switch (step?.kind) {
      case "members":
        return [KINDS.members, this.write(step.members, {}, prefix), 0];
      case "objects":
        return [KINDS.objects, nodes.address(step.path), 0];
      case "texts": {
        const texts = step.texts.map((text) => [
          writer.bytes(writtenSteps([{ ...text.step, slots: [nodes.field(text.path)] }], writer)),
          nodes.address(text.path),
          text.isOptional ? 1 : 0,
        ]);
        return [KINDS.texts, writer.words(texts.flat()), texts.length];
      }
      default:
        return [KINDS.parser, 0, 0];
    }
  }
}
