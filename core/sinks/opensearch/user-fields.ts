import { jsonMembers } from "../../json/members";

/** A field: what is left of its name, and its text. */
type UserField = readonly [path: readonly string[], text: string];

/**
 * Returns members with the user's own fields among them, in the objects that their names lead to.
 *
 * @param members of a JSON object, each after a comma
 * @param fields by their dotted names; the members have none of them, and no text where an object has to be
 * @param written returns a text as JSON
 */
export function withUserFields(
  members: string,
  fields: Readonly<Record<string, string>>,
  written: (text: string) => string,
): string {
  const all = Object.entries(fields).map(([name, text]): UserField => [name.split("."), text]);
  // Spares taking the members apart for fields that no object of theirs may have.
  const isAtRoot = all.every(([path]) => path.length === 1);
  return isAtRoot ? members + withFields("", all, written) : withFields(members, all, written);
}

function withFields(members: string, fields: readonly UserField[], written: (text: string) => string): string {
  const byName = new Map<string, UserField[]>();
  for (const [[name, ...rest], text] of fields) {
    byName.set(name!, [...(byName.get(name!) ?? []), [rest, text]]);
  }
  let all = "";
  for (const [key, value] of members === "" ? [] : jsonMembers(`{${members.slice(1)}}`)) {
    const name: string = JSON.parse(key);
    const inner = byName.get(name);
    byName.delete(name);
    all += `,${key}:${inner && value.startsWith("{") ? withinObject(value, inner, written) : value}`;
  }
  for (const [name, inner] of byName) {
    const [[path, text]] = inner as [UserField, ...UserField[]];
    all += `,${JSON.stringify(name)}:${path.length === 0 ? written(text) : withinObject("{}", inner, written)}`;
  }
  return all;
}

function withinObject(object: string, fields: readonly UserField[], written: (text: string) => string): string {
  const members = object.slice(1, -1).trim();
  const inner = withFields(
    members && `,${members}`,
    fields.filter(([path]) => path.length > 0),
    written,
  );
  return `{${inner.slice(1)}}`;
}
