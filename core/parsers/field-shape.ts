import { fieldPath } from "./field-path";
import type { DescribedParser, LayoutDescription, LineDescription } from "./line-description";
import type { FieldShape, FieldTree, MessageParser, ParsedMessage, SlottedMessage, SlotValues } from "./parsed-message";

/**
 * Returns the slot of a field.
 *
 * @param dotted its path, such as `http.response.status_code`
 * @param isDecoded see `ShapeMember`. @default false
 */
export type SlotOf = (dotted: string, isDecoded?: boolean) => number;

type Members = ({ name: string; slot: number; isDecoded: boolean } | { name: string; members: Members })[];

/** Gives the fields of a format their slots. */
export class ShapeBuilder {
  readonly #members: Members = [];
  #slots = 0;

  get shape(): FieldShape {
    return this.#members;
  }

  /** Of what the values of a message have to be. */
  get slots(): number {
    return this.#slots;
  }

  /** @throws Error for a field that is an object, too */
  readonly slotOf: SlotOf = (dotted, isDecoded = false) => {
    let members = this.#members;
    const path = fieldPath(dotted);
    for (const name of path.slice(0, -1)) {
      let object = members.find((one) => one.name === name);
      if (object === undefined) {
        object = { name, members: [] };
        members.push(object);
      }
      if (!("members" in object)) throw new Error(`${dotted} is below a field`);
      members = object.members;
    }
    const name = path.at(-1)!;
    const known = members.find((one) => one.name === name);
    if (known === undefined) {
      members.push({ name, slot: this.#slots, isDecoded });
      return this.#slots++;
    }
    if (!("slot" in known)) throw new Error(`${dotted} is an object`);
    known.isDecoded ||= isDecoded;
    return known.slot;
  };
}

/** Returns the fields as objects within one another. */
export function treeOf(shape: FieldShape, values: Readonly<SlotValues>): FieldTree {
  const tree: FieldTree = {};
  for (const member of shape) {
    if ("slot" in member) {
      const value = values[member.slot];
      if (value !== undefined) tree[member.name] = value;
    } else {
      const object = treeOf(member.members, values);
      if (Object.keys(object).length > 0) tree[member.name] = object;
    }
  }
  return tree;
}

/**
 * Makes the parser of a format from what puts its messages into slots, so that both have the same fields.
 *
 * @param line see `DescribedParser`
 * @param layouts the same
 */
export function slottedParser(
  inSlots: (message: string) => SlottedMessage | undefined,
  line?: LineDescription,
  layouts?: readonly LayoutDescription[],
): DescribedParser {
  const parse = (message: string) => {
    const slotted = inSlots(message);
    if (slotted === undefined) return undefined;
    const { shape, values, ...others } = slotted;
    return { fields: treeOf(shape, values), ...others };
  };
  return Object.assign(parse, { inSlots, ...(line && { line }), ...(layouts && { layouts }) });
}

/** Parses a message for a writer of documents: in slots, if its parser can. */
export const parsedInSlots = (parse: MessageParser, message: string): SlottedMessage | ParsedMessage | undefined =>
  (parse.inSlots ?? parse)(message);
