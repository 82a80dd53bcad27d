import type { FieldValue } from "./parsed-message";
import type { ReaderStep } from "./span-step";

/** A field that the text of a member becomes, or several. */
export interface TextStep {
  /** Their paths, dotted, in the order of the step's slots. */
  readonly paths: readonly string[];
  readonly step: ReaderStep;
  /** Whether the member stays one of its kind if its text is none of this field's. */
  readonly isOptional?: boolean;
  /** Whether the document has it only as a later field: see `LaterField`. */
  readonly isHidden?: boolean;
  /** Whether the first field keeps a value that another member has put there. */
  readonly isIfFree?: boolean;
}

/** What the WASM encoder does with a member of an object in place of a `PutMember`. */
export type MemberStep =
  /** A text, number or boolean; `strings`: a text alone. */
  | { readonly kind: "texts" | "strings"; readonly texts: readonly TextStep[] }
  /** An object whose members have places of their own. */
  | { readonly kind: "members"; readonly members: MembersDescription }
  /** An object, or a list of objects, as it is. */
  | { readonly kind: "objects"; readonly path: string; readonly first?: FirstMember }
  /** A list of objects with a `name`, as a list of names. */
  | { readonly kind: "names"; readonly path: string }
  /** A list of objects with a `name` and a `value`, as an object; some have a field of their own, too, by their names in small letters. */
  | { readonly kind: "pairs"; readonly path: string; readonly fields: ReadonlyMap<string, MemberStep | undefined> }
  /** A list of the answers of DNS. */
  | { readonly kind: "answers"; readonly path: string; readonly addresses: string };

/**
 * A member, as JSON, that puts a value into another field where it is the first one of its object. Anywhere else in it, only the parser
 * can say what it means.
 */
export interface FirstMember {
  readonly member: string;
  readonly path: string;
  readonly value: FieldValue;
}

/** The members of an object that have a place; all others are below `own`. */
export interface MembersDescription {
  /** Dotted. */
  readonly own: string;
  /** undefined: one that only the parser can place. */
  readonly members: ReadonlyMap<string, MemberStep | undefined>;
  /** What comes after all of them. */
  readonly later: readonly LaterField[];
  /**
   * Whether they are variables: texts, numbers and booleans that are told by their names in snake case, each below `own` where it comes.
   * Of others whose names fit this pattern, the values are whole numbers.
   */
  readonly numbers?: RegExp;
}

/** A field that has the value of another one, if the object has a member, or has none: dotted paths, and dotted names in it. */
export interface LaterField {
  readonly path: string;
  readonly from: string;
  readonly having?: string;
  readonly lacking?: string;
}

/** What a member of a message has to be, so that the message is one of the format: a text may not be empty. */
export type MemberNeed = "text" | "string" | "object" | "scalar";

/**
 * What the WASM encoder has to know of a format's JSON objects to read those that most are. It leaves all others to the parser, which
 * alone decides: docs/decisions/0035-parsers-and-the-fast-path.md.
 */
export interface ObjectDescription {
  readonly members: MembersDescription;
  /** What each message has before its own fields, by dotted paths. */
  readonly constants: readonly (readonly [path: string, value: FieldValue])[];
  readonly needs: Readonly<Record<string, MemberNeed>>;
  /** Names of which one of each list has to have a value, up to two lists. @default none */
  readonly needsOneOf?: readonly (readonly string[])[];
  /** The field that is the object's own time. @default unknown: the encoder reads no such line of an object of S3 */
  readonly time?: string;
}
