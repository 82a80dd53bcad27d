import type { FieldTable } from "./field-table";
import type { FieldReader } from "./field-values";
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

/**
 * What the WASM encoder has to know of a format's lines, to read those that most are. It leaves all others to the parser, which
 * alone decides: docs/decisions/0035-parsers-and-the-fast-path.md.
 */
export interface LineDescription {
  readonly table: FieldTable;
  /** `quoted`: as `splitDelimited` does. */
  readonly split: "quoted" | "spaces" | "tabs";
  /** Only lines with one space between fields. */
  readonly hasSingleSpaces?: boolean;
  /** Only lines without quotes in quotes. */
  readonly hasNoInnerQuotes?: boolean;
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
}
