import { type FieldTree, type FieldValue, isFieldTree, type SlottedMessage } from "../../parsers/parsed-message";
import type { FieldsWriter } from "./parsed-fields";
import { OWN_MEMBERS, slotPlan } from "./slot-plan";

/** What a parser's fields add to a document. */
export interface ParsedRoots {
  /** Members of the pipeline's own objects, with commas between them. */
  readonly aws: string;
  readonly cloud: string;
  readonly event: string;
  /** All others, each after a comma. */
  readonly others: string;
}

/** @throws Error if the fields are not what a parser may return */
export function rootsOfSlots({ shape, values }: SlottedMessage, writer: FieldsWriter): ParsedRoots {
  const { aws, cloud, event, others } = slotPlan(shape);
  return {
    aws: writer.slotMembers(aws, values, 2),
    cloud: writer.slotMembers(cloud, values, 2),
    event: writer.slotMembers(event, values, 2),
    others: writer.slotMembers(others, values, 1),
  };
}

/** @throws Error if the fields are not what a parser may return */
export function rootsOfTree(fields: FieldTree, writer: FieldsWriter): ParsedRoots {
  let others = "";
  for (const name of Object.keys(fields)) {
    if (!Object.hasOwn(OWN_MEMBERS, name)) others += writer.member(name, fields[name]!, 1);
  }
  const ofOwn = (name: keyof typeof OWN_MEMBERS) =>
    Object.hasOwn(fields, name) ? writer.members(treeWithout(OWN_MEMBERS[name], fields[name]!), 2) : "";
  return { aws: ofOwn("aws"), cloud: ofOwn("cloud"), event: ofOwn("event"), others };
}

/** An object without the members that the pipeline writes itself. */
function treeWithout(names: readonly string[], tree: FieldValue): FieldTree {
  if (!isFieldTree(tree)) throw new TypeError("a parser's field is none where the pipeline has an object");
  if (!names.some((name) => name in tree)) return tree;
  return Object.fromEntries(Object.entries(tree).filter(([name]) => !names.includes(name)));
}
