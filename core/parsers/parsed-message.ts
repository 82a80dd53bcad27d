import { isObject } from "../json/object";

/**
 * A number as the line writes it: its digits stay as they are, so that `0.000` is no whole number to an engine that maps a field by
 * its first value, and no digit of a long one is lost. JSON's grammar.
 */
export class NumberText {
  constructor(readonly text: string) {}
}

/** A value of a document. Texts may be any that a stranger wrote. */
export type FieldValue = string | number | boolean | NumberText | readonly FieldValue[] | FieldTree;

/** Members of a document as objects within one another, without dots in names: `{ http: { response: { status_code: … } } }`. */
export interface FieldTree {
  [name: string]: FieldValue;
}

/** Whether a value, of a parser or of JSON, has members: it is no text, number, boolean, null or array. */
export const isFieldTree = (value: unknown): value is FieldTree => isObject(value) && !(value instanceof NumberText);

/** A member of a message, by its name, that is no object: of a name that occurs several times, all of its values. */
export type MessageMember = readonly [name: string, value: string | NumberText | readonly (string | NumberText)[]];

/** What a parser makes of a message. */
export interface ParsedMessage {
  /** Fields by their ECS names, with AWS's own beside them under `aws.<service>`. Without nulls and empty objects. */
  fields: FieldTree;
  /** The text of the document's `message`: what is left of the line. @default the whole message; none if it is a JSON object, or contains one: `json` */
  message?: string;
  /** A JSON object that the message contains, as it was written: its members become fields as those of a JSON message do. */
  json?: string;
  /** The members of such an object, if its parser has taken them apart: whoever writes a document need not read them again. */
  members?: readonly MessageMember[];
  /**
   * Fields that the user's own patterns extracted, by their dotted names: texts at places where neither `fields` nor `json` has
   * anything.
   */
  userFields?: Readonly<Record<string, string>>;
  /** The same of fields that the message has itself: they are not written, but nobody escapes redaction by writing such a field. */
  hiddenFields?: Readonly<Record<string, string>>;
  /** Texts that have another name in the document, by what the message calls them: rules know them by that, too. */
  renamed?: Readonly<Record<string, string>>;
  /** Whether no parser knows the message: but for `userFields` its document is the same as without them. */
  isUnknown?: boolean;
  /** Whether the message is a JSON object, so that nobody has to look again; `json` of one that is none is the line in another form. @default unknown */
  isJson?: boolean;
  /** The line's own time, in ms since the epoch: for lanes whose events have none. */
  time?: number;
  /** Of a format of JSON objects that the WASM encoder can read: its parser's description of them. */
  object?: object;
}

/**
 * A field of a document, which has a slot for its value, or an object of fields. A text of a field that is not decoded has no
 * character that JSON escapes unless the message has it.
 */
export type ShapeMember =
  | { readonly name: string; readonly slot: number; readonly isDecoded: boolean }
  | { readonly name: string; readonly members: FieldShape };

/** The fields that messages of a format may have, in the order of a document. Whoever writes documents prepares for a shape once. */
export type FieldShape = readonly ShapeMember[];

/** A message's values, each in the slot of its field; undefined: the message has no such field. */
export type SlotValues = (FieldValue | undefined)[];

/** As `ParsedMessage`, before its fields are objects within one another: a line of 34 fields is one array, and no tree. */
export interface SlottedMessage extends Pick<ParsedMessage, "message" | "json" | "members" | "isJson" | "time"> {
  shape: FieldShape;
  values: SlotValues;
}

/** Parses a message, and returns undefined for any that is not in its format. Never throws, whatever the message. */
export interface MessageParser {
  (message: string): ParsedMessage | undefined;
  /** The same message for a writer of documents, at a part of the cost. @default as the function itself */
  readonly inSlots?: (message: string) => SlottedMessage | ParsedMessage | undefined;
}

/** Adds fields to a message, whether a parser knows it or not; undefined: it has none. */
export type FieldExtractor = (message: string, parsed: ParsedMessage | undefined) => ParsedMessage | undefined;
