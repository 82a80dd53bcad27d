import type { FieldShape, ShapeMember } from "../../parsers/parsed-message";
import { writtenName } from "./written-names";

/** A field or an object of a shape, with all that is the same in each document. */
export interface PlannedMember {
  /** In quotes and with a colon; of an object, with its brace, too. */
  readonly key: string;
  /** The same after a comma. */
  readonly nextKey: string;
  /** Both before a text: with its first quote. */
  readonly textKey: string;
  readonly nextTextKey: string;
  readonly isDate: boolean;
  readonly isDecoded: boolean;
  /** -1 of an object. */
  readonly slot: number;
  /** None of a field. */
  readonly members: readonly PlannedMember[];
}

/** Members of the pipeline's own objects, which a parser's must not replace. */
export const OWN_MEMBERS = {
  aws: ["cloudwatch", "s3"],
  cloud: ["account", "provider", "region"],
  event: ["original", "sequence"],
} as const satisfies Record<string, readonly string[]>;

/** The members of the pipeline's own objects, and the other roots of a document. */
type SlotPlan = Readonly<Record<keyof typeof OWN_MEMBERS | "others", readonly PlannedMember[]>>;

const plans = new WeakMap<FieldShape, SlotPlan>();

/** @throws TypeError for a shape that has a field where the pipeline has an object */
export function slotPlan(shape: FieldShape): SlotPlan {
  let plan = plans.get(shape);
  if (plan === undefined) {
    const ofOwn = (name: keyof typeof OWN_MEMBERS) => ownMembers(shape, name).map(planned);
    const others = shape.filter(({ name }) => !(name in OWN_MEMBERS)).map(planned);
    plan = {
      ...{ aws: ofOwn("aws"), cloud: ofOwn("cloud"), event: ofOwn("event") },
      // Each follows the pipeline's own.
      others: others.map((member) => ({ ...member, key: member.nextKey, textKey: member.nextTextKey })),
    };
    plans.set(shape, plan);
  }
  return plan;
}

function ownMembers(shape: FieldShape, name: keyof typeof OWN_MEMBERS): FieldShape {
  const object = shape.find((root) => root.name === name);
  if (object === undefined) return [];
  if (!("members" in object)) throw new TypeError(`a parser's field is none where the pipeline has an object: ${name}`);
  const own: readonly string[] = OWN_MEMBERS[name];
  return object.members.filter((member) => !own.includes(member.name));
}

function planned(member: ShapeMember): PlannedMember {
  const { key, nextKey, isDate } = writtenName(member.name);
  const keys = { textKey: `${key}"`, nextTextKey: `${nextKey}"` };
  if ("slot" in member) {
    const { slot, isDecoded } = member;
    return { key, nextKey, ...keys, isDate, isDecoded, slot, members: [] };
  }
  const members = member.members.map(planned);
  return { key: `${key}{`, nextKey: `${nextKey}{`, ...keys, isDate, isDecoded: false, slot: -1, members };
}
