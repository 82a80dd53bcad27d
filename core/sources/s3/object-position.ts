import { isObject } from "../../json/object";
import { isFieldNames, isHeaderFormat, type LinesHeader } from "./lines-header";
import { isOffset } from "./source-object";

/** A line that has more bytes than `lineBytes`. */
export interface TooLongLine {
  line: number;
  /** Where it begins: as in a position. */
  offset: number;
  skip: number;
  /** In bytes. */
  length: number;
}

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
   * or of an object's `Records`. `members`: another member of that object, behind them.
   */
  form: "lines" | "values" | "array" | "records" | "members";
  /** The header that names the fields of the next line. @default none was there */
  header?: LinesHeader;
  /** The line that is too long and goes on here. @default a line begins here */
  within?: Omit<TooLongLine, "line">;
}

/** A place in an object's content. */
export type Place = Pick<ObjectPosition, "offset" | "skip">;

/** Returns the place so many bytes of the content after another one, of the same member in gzip. */
export const movedPlace = ({ offset, skip }: Place, bytes: number, isGzip: boolean): Place =>
  isGzip ? { offset, skip: skip + bytes } : { offset: offset + bytes, skip };

const FORMS: readonly unknown[] = ["lines", "values", "array", "records", "members"] satisfies ObjectPosition["form"][];
const isForm = (value: unknown): value is ObjectPosition["form"] => FORMS.includes(value);

/** Reads a position that a message of our own has; undefined: it is none. */
export function positionIn(value: unknown): ObjectPosition | undefined {
  if (!isObject(value)) return undefined;
  const { line, offset, skip, isGzip, form, header, within } = value;
  if (!isOffset(line) || !isOffset(offset) || !isOffset(skip)) return undefined;
  if (typeof isGzip !== "boolean" || (!isGzip && skip > 0) || !isForm(form)) return undefined;
  const read = headerIn(header);
  const long = tooLongIn(within);
  if ((header !== undefined && !read) || (within !== undefined && (!long || form !== "lines"))) return undefined;
  return { line, offset, skip, isGzip, form, ...(read && { header: read }), ...(long && { within: long }) };
}

function tooLongIn(value: unknown): Omit<TooLongLine, "line"> | undefined {
  if (!isObject(value)) return undefined;
  const { offset, skip, length } = value;
  return isOffset(offset) && isOffset(skip) && isOffset(length) ? { offset, skip, length } : undefined;
}

function headerIn(value: unknown): LinesHeader | undefined {
  if (!isObject(value) || !isHeaderFormat(value.format) || !isFieldNames(value.fields)) return undefined;
  return { format: value.format, fields: value.fields };
}
