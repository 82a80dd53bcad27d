/** Formats whose files may begin with the names of their fields. */
const HEADER_FORMATS = ["cloudfront_access", "vpc_flow"] as const;
export type HeaderFormat = (typeof HEADER_FORMATS)[number];

/** The names of the fields of the lines after it, in their order. */
export interface LinesHeader {
  format: HeaderFormat;
  fields: readonly string[];
}

/** Limits of a header: a message carries it. More than twice of what AWS has. */
const MAX_NAMES = 200;
const MAX_NAME_LENGTH = 100;

export const isHeaderFormat = (value: unknown): value is HeaderFormat =>
  HEADER_FORMATS.some((format) => format === value);

/** Whether a value is a list of fields' names, as a header may have them. */
export const isFieldNames = (value: unknown): value is string[] =>
  Array.isArray(value) &&
  value.length >= 1 &&
  value.length <= MAX_NAMES &&
  value.every((name) => typeof name === "string" && name !== "" && name.length <= MAX_NAME_LENGTH);
