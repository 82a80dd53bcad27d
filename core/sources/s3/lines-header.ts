import type { ParserChoice } from "../../settings/parser-choice";

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

/** Source: W3C "Extended Log File Format", "Directives". CloudFront writes the first two. */
const DIRECTIVE = /^#(Version|Fields|Software|Start-Date|End-Date|Date|Remark):/;

const FLOW_NAMES = /^[a-z][a-z0-9-]*( [a-z][a-z0-9-]*)*$/;

/** Of each format: names of which every header of it has one; and how many tell the format where nothing else does. */
const KNOWN_NAMES: Readonly<Record<HeaderFormat, ReadonlySet<string>>> = {
  cloudfront_access: new Set(["date", "time", "timestamp", "timestamp(ms)", "c-ip", "sc-status", "x-edge-location"]),
  vpc_flow: new Set([
    ...["version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport", "protocol", "packets"],
    ...["bytes", "start", "end", "action", "log-status", "pkt-srcaddr", "pkt-dstaddr", "vpc-id", "subnet-id"],
    ...["instance-id", "tcp-flags", "type", "flow-direction", "traffic-path", "region", "az-id"],
  ]),
};
const TELLING = 3;

/** How many lines of an object may be its header where the format is not known: further ones could be anybody's. */
const AUTO_LINES = 2;

/** What a line of a header says: "none" if it is a header's, and names no fields. */
export type HeaderLine = LinesHeader | "none";

const HASH = 0x23;
const isSmallLetter = (byte: number): boolean => byte >= 0x61 && byte <= 0x7a;

/** Tells the lines of headers from others. */
export interface HeaderReader {
  /** Whether a line may be one, by its first byte: most need not be looked at any further. */
  mayBe(first: number, line: number): boolean;
  read(text: string, line: number): HeaderLine | undefined;
}

/**
 * Makes what tells the lines of headers from others: of files that are several in one, there are more than one header.
 *
 * @param format other formats than those with headers have none
 */
export function headerReader(format: ParserChoice): HeaderReader | undefined {
  switch (format) {
    case "cloudfront_access":
      return { mayBe: (first) => first === HASH, read: (text) => directive(text, 0) };
    case "vpc_flow":
      return { mayBe: isSmallLetter, read: (text) => flowHeader(text, 1) };
    case "auto":
      return {
        mayBe: (first, line) => line < AUTO_LINES && (first === HASH || (line === 0 && isSmallLetter(first))),
        read: (text) => (text.startsWith("#") ? directive(text, TELLING) : flowHeader(text, TELLING)),
      };
    default:
      return undefined;
  }
}

function directive(text: string, atLeast: number): HeaderLine | undefined {
  if (!DIRECTIVE.test(text)) return undefined;
  if (!text.startsWith("#Fields:")) return atLeast === 0 || /^#Version: \d+\.\d+$/.test(text) ? "none" : undefined;
  const header = headerOf(
    "cloudfront_access",
    text
      .slice("#Fields:".length)
      .trim()
      .split(/[ \t]+/),
    atLeast,
  );
  return header ?? (atLeast === 0 ? "none" : undefined);
}

const flowHeader = (text: string, atLeast: number): LinesHeader | undefined =>
  FLOW_NAMES.test(text) ? headerOf("vpc_flow", text.split(" "), atLeast) : undefined;

function headerOf(format: HeaderFormat, fields: string[], atLeast: number): LinesHeader | undefined {
  const known = fields.filter((name) => KNOWN_NAMES[format].has(name)).length;
  return known >= atLeast && isFieldNames(fields) ? { format, fields } : undefined;
}
