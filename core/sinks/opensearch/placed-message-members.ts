import { type MessageMember, NumberText } from "../../parsers/parsed-message";
import { LABEL_NAMES } from "../../settings/object-names";
import { fieldOf } from "./document";
import type { FieldsWriter } from "./parsed-fields";

/**
 * As `placedMembers`, of members that a parser has taken apart, each after a comma, and with dotted labels in their object: see
 * `withNestedLabels`.
 *
 * @param taken root fields that the document has already: what would be there, or below, goes to `json`
 */
export function placedMessageMembers(
  members: readonly MessageMember[],
  taken: ReadonlySet<string>,
  writer: FieldsWriter,
): string {
  // A number is none of the values that decide about a place.
  const object = Object.fromEntries(members.map(([name, value]) => [name, value instanceof NumberText ? 0 : value]));
  let placed = "";
  let moved = "";
  const labels = new Map(LABEL_NAMES.filter((root) => !Object.hasOwn(object, root)).map((root) => [root, ""]));
  for (const member of members) {
    const [name] = member;
    const field = fieldOf(name, object);
    const root = field.split(".", 1)[0]!;
    const isTaken = taken.has(root);
    if (field.length > root.length + 1 && labels.has(root)) {
      labels.set(root, `${labels.get(root)},${writer.messageMember([name.slice(root.length + 1), member[1]])}`);
      continue;
    }
    if (!isTaken && field === name) placed += `,${writer.messageMember(member)}`;
    else if (!isTaken && field === "message") placed += `,${writer.messageMember(["message", member[1]])}`;
    else moved += `,${writer.messageMember(member)}`;
  }
  for (const [root, inner] of labels) if (inner !== "") placed += `,"${root}":{${inner.slice(1)}}`;
  return moved === "" ? placed : `${placed},"json":{${moved.slice(1)}}`;
}
