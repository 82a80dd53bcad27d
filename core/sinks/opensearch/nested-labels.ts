import { jsonMembers } from "../../json/members";
import { isObject, parsedObject } from "../../json/object";
import { LABEL_NAMES } from "../../settings/object-names";

/** An escape of a dot or of a letter, which a name may have. */
const ESCAPED = /\\u00(?:2e|[67])/i;

/**
 * Returns a JSON object in which root members such as `labels.app`, as ECS loggers write them, are in the object `labels`: the index
 * template maps that to one field, and an engine then rejects a document with the dotted name.
 *
 * @returns the message itself if it is anything else, has a label by both names, or labels that are no object
 */
export function withNestedLabels(message: string): string {
  if (!mayHaveLabels(message) || !parsedObject(message)) return message;
  return LABEL_NAMES.reduce(nested, message);
}

const mayHaveLabels = (message: string): boolean =>
  LABEL_NAMES.some((root) => message.includes(`"${root}.`)) || ESCAPED.test(message);

type JsonMember = readonly [key: string, value: string];

function nested(json: string, root: string): string {
  const beginning = `${root}.`;
  const isDotted = (name: string) => name.startsWith(beginning) && name !== beginning;
  const members = jsonMembers(json).map(([key, value]) => ({ key, value, name: JSON.parse(key) as string }));
  if (!members.some(({ name }) => isDotted(name))) return json;
  const others: JsonMember[] = [];
  const labels: JsonMember[] = [];
  for (const { key, value, name } of members) {
    if (isDotted(name)) labels.push([JSON.stringify(name.slice(beginning.length)), value]);
    else if (name !== root) others.push([key, value]);
    else if (isObject(JSON.parse(value))) labels.push(...jsonMembers(value));
    else return json;
  }
  const names = new Set(labels.map(([key]) => JSON.parse(key)));
  const isTwice = members.filter(({ name }) => name === root).length > 1;
  return isTwice || names.size < labels.length ? json : objectOf([...others, [JSON.stringify(root), objectOf(labels)]]);
}

const objectOf = (members: readonly JsonMember[]): string =>
  `{${members.map(([key, value]) => `${key}:${value}`).join(",")}}`;
