import type { FieldValue } from "./parsed-message";
import type { ReaderStep } from "./span-step";

/** A field that the text of a member becomes. */
export interface TextStep {
  /** Its path, dotted. */
  readonly path: string;
  readonly step: ReaderStep;
  /** Whether the member stays one of its kind if its text is none of this field's. */
  readonly isOptional?: boolean;
}

/** What the WASM encoder does with a member of an object in place of a `PutMember`. */
export type MemberStep =
  /** A text, number or boolean. */
  | { readonly kind: "texts"; readonly texts: readonly TextStep[] }
  /** An object whose members have places of their own. */
  | { readonly kind: "members"; readonly members: MembersDescription }
  /** An object, or a list of objects, as it is. Where its JSON has the text `but`, only the parser can say what it means. */
  | { readonly kind: "objects"; readonly path: string; readonly but?: string };

/** The members of an object that have a place; all others are below `own`. */
export interface MembersDescription {
  /** Dotted. */
  readonly own: string;
  /** undefined: one that only the parser can place. */
  readonly members: ReadonlyMap<string, MemberStep | undefined>;
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
  /** A field that has the value of another one in an object that lacks a member: dotted paths. */
  readonly fallback?: { readonly path: string; readonly from: string; readonly unless: string };
  /** The field that is the object's own time. @default unknown: the encoder reads no such line of an object of S3 */
  readonly time?: string;
}
