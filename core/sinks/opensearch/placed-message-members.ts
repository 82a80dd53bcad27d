import { type MessageMember, NumberText } from "../../parsers/parsed-message";
import { fieldOf } from "./document";
import type { FieldsWriter } from "./parsed-fields";

/**
 * As `placedMembers`, of members that a parser has taken apart, each after a comma.
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
  for (const member of members) {
    const [name] = member;
    const field = fieldOf(name, object);
    const isTaken = taken.has(field.split(".", 1)[0]!);
    if (!isTaken && field === name) placed += `,${writer.messageMember(member)}`;
    else if (!isTaken && field === "message") placed += `,${writer.messageMember(["message", member[1]])}`;
    else moved += `,${writer.messageMember(member)}`;
  }
  return moved === "" ? placed : `${placed},"json":{${moved.slice(1)}}`;
}
