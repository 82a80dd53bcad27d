import type { FieldReader } from "./field-values";
import type { LayoutPart } from "./layout-part";
import type { MemberColumns } from "./member-columns";
import type { ObjectDescription } from "./object-description";
import type { FieldShape, MessageParser } from "./parsed-message";
import type { SpanStep } from "./span-step";

/** What a field of a line may be in; a dash: nothing, and its text is `-`. */
export type FieldQuotes = "none" | "quotes" | "brackets" | "dash";

/** What a field looks like that has a value. */
export interface LineForm {
  /** Its place in the table. */
  readonly column: number;
  /** @default like anything */
  readonly is?: RegExp | FieldReader | undefined;
  /** @default any */
  readonly in?: readonly FieldQuotes[];
}

/** What of a `FieldTable` is needed. */
interface DescribedTable {
  readonly shape: FieldShape;
  readonly slots: number;
  /** What is done with each field of a line. */
  readonly steps: readonly (readonly SpanStep[])[];
  /** What each line has in a slot. */
  readonly constants: readonly (readonly [slot: number, text: string])[];
}

/**
 * What the WASM encoder has to know of a format's lines, to read those that most are. It leaves all others to the parser, which
 * alone decides: docs/decisions/0035-parsers-and-the-fast-path.md.
 */
export interface LineDescription {
  readonly table: DescribedTable;
  /** `quoted`: as `splitDelimited` does. */
  readonly split: "quoted" | "spaces" | "tabs";
  /** Only lines with one space between fields. */
  readonly hasSingleSpaces?: boolean;
  /** Only lines without quotes in quotes. */
  readonly hasNoInnerQuotes?: boolean;
  /** Only lines of ASCII. */
  readonly isAscii?: boolean;
  /** The place of a line's first field in the table. @default 0 */
  readonly firstColumn?: number;
  /** The least number of a line's fields. @default 1 */
  readonly minFields?: number;
  readonly forms: readonly LineForm[];
  /** As `areOfForms`: texts that are `-` need no form, and a line with as many fields as the table needs one of a form, else three. */
  readonly isByEvidence?: boolean;
  /** Limit of what is before a field, in bytes. */
  readonly head?: { readonly column: number; readonly maxBytes: number };
  /** What follows from several fields, after all others. */
  readonly derived?: readonly SpanStep[];
  /** The line's own time. @default unknown: the encoder reads no lines of objects, which are indexed by it */
  readonly time?: SpanStep | undefined;
}

/** The same of messages that have a layout before a text, or are JSON objects. Columns are those of the layout's groups, or members. */
export interface LayoutDescription {
  readonly table: DescribedTable;
  /** None of an object. */
  readonly parts: readonly LayoutPart[];
  /** Of objects: the columns of their members. */
  readonly members?: MemberColumns;
  /**
   * The document's `message`: what is behind the layout, without a line break at its end; the same, or the members of a JSON object
   * that it is; the whole message; the same if messages are kept; the members of the object that the message is.
   */
  readonly message: "rest" | "restOrMembers" | "whole" | "kept" | "members";
  /** What makes the parser look for more, where it is behind the layout. */
  readonly without?: readonly string[];
  /** What follows from the text behind the layout, or from several columns. */
  readonly derived?: readonly SpanStep[];
  /** @default the message begins with the layout */
  readonly header?: HeaderDescription;
}

/** Lines that begin with `#` and have values behind names, each with a colon: `# Query_time: 1.5  Id: 7`. */
export interface HeaderDescription {
  /** What may stand at the beginning of a line. */
  readonly starts: readonly LayoutPart[];
  /** By the names in small letters. */
  readonly values: ReadonlyMap<string, SpanStep>;
  /** The name of a value that each header has, unless it has a line with such a start. */
  readonly needs: string;
}

/** The same of messages that are nothing but pairs, `name=value`, which become members of the document. */
export interface PairsDescription {
  /** It has one field, of one column. */
  readonly table: DescribedTable;
  /** Names of what the field has its value from: the first of these that has one. */
  readonly field: readonly string[];
  /** The same of the document's `message`, which is no member then. */
  readonly message: readonly string[];
}

/** How messages of a format begin that a parser of several takes for it: none begins as one of a format before. */
export interface SignedBeginning {
  readonly signature: RegExp;
  readonly earlier: readonly RegExp[];
}

export interface SignedLine extends SignedBeginning {
  readonly line: LineDescription;
}

export interface SignedObject extends SignedBeginning {
  readonly object: ObjectDescription;
}

export interface SignedLayout extends SignedBeginning {
  readonly layout: LayoutDescription;
}

export interface SignedPairs extends SignedBeginning {
  readonly pairs: PairsDescription;
}

/** A parser that says what the WASM encoder needs to read most of its messages. */
export interface DescribedParser extends MessageParser {
  /** @default the encoder reads no line of fields */
  readonly line?: LineDescription;
  /** The same of a parser of several formats, by the shape of a line. */
  readonly lineOf?: (shape: FieldShape) => SignedLine | undefined;
  /** A text that all JSON objects have which it knows, near their beginning. @default it may know any */
  readonly knownObjects?: { readonly text: string; readonly withinCharacters: number };
  /** @default the encoder reads no JSON object of the format */
  readonly object?: ObjectDescription;
  /** The same of a parser of several formats. */
  readonly objectOf?: (described: object) => SignedObject | undefined;
  /** @default the encoder reads no layout */
  readonly layouts?: readonly LayoutDescription[];
  /** The same of a parser of several formats, by the shape of a message. */
  readonly layoutsOf?: (shape: FieldShape) => readonly SignedLayout[];
  /** @default the encoder reads no pairs */
  readonly pairs?: PairsDescription;
  /** The same of a parser of several formats, by the shape of a message. */
  readonly pairsOf?: (shape: FieldShape) => SignedPairs | undefined;
}
