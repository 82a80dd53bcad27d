/** A member of a JSON object that is a column, as a text of a line is one. */
export interface MemberColumn {
  /** Its name, behind those of the objects that it is in: `record.metrics.durationMs`. Names have no dots. */
  readonly path: string;
  /** A text; a number, as it is written; texts, with line breaks between them. One that is another has no column. */
  readonly kind: "string" | "number" | "strings";
  /** Of several members of a column the first one counts that is not null. */
  readonly column: number;
  /** What it has to begin with so that the object is one of the format, and before which character of the message that has to end. */
  readonly begins?: { readonly text: string; readonly withinCharacters: number };
}

/** The columns of a format's JSON objects. */
export interface MemberColumns {
  readonly columns: readonly MemberColumn[];
  /** Members that the WASM encoder leaves to the parser: dotted, as a column's path. @default none */
  readonly left?: readonly string[];
  /** Names of objects that one of the format has to have. @default none */
  readonly needs?: readonly string[];
}
