import { isObject } from "../../json/object";
import { isFieldNames, isHeaderFormat, type LinesHeader } from "./lines-header";
import { isOffset } from "./source-object";

/** A place between two lines of an object, from which it can be read on without what lies before it. */
export interface ObjectPosition {
  /** Number of the next line, 0-based. */
  line: number;
  /** Offset in the stored object, in bytes: of the next line, or, in gzip, of the member in which it begins. */
  offset: number;
  /** Inflated bytes between the start of that member and the next line; 0 without gzip. */
  skip: number;
  isGzip: boolean;
  /**
   * What stands there. `lines`: a line. `values`: a JSON value. `array`, `records`: the next element of an array of JSON values,
   * or of an object's `Records`.
   */
  form: "lines" | "values" | "array" | "records";
  /** The header that names the fields of the next line. @default none was there */
  header?: LinesHeader;
  /** Within a line that is too long: how many of its bytes lie before the position. @default 0 */
  within?: number;
}

const FORMS: readonly unknown[] = ["lines", "values", "array", "records"] satisfies ObjectPosition["form"][];
const isForm = (value: unknown): value is ObjectPosition["form"] => FORMS.includes(value);

/** Reads a position that a message of our own has; undefined: it is none. */
export function positionIn(value: unknown): ObjectPosition | undefined {
  if (!isObject(value)) return undefined;
  const { line, offset, skip, isGzip, form, header, within } = value;
  if (!isOffset(line) || !isOffset(offset) || !isOffset(skip)) return undefined;
  if (typeof isGzip !== "boolean" || (!isGzip && skip > 0) || !isForm(form)) return undefined;
  if (within !== undefined && (!isOffset(within) || form !== "lines")) return undefined;
  const read = headerIn(header);
  if (header !== undefined && !read) return undefined;
  return { line, offset, skip, isGzip, form, ...(read && { header: read }), ...(within && { within }) };
}

function headerIn(value: unknown): LinesHeader | undefined {
  if (!isObject(value) || !isHeaderFormat(value.format) || !isFieldNames(value.fields)) return undefined;
  return { format: value.format, fields: value.fields };
}
