import { CLOUDFRONT_FIELDS } from "./cloudfront-fields";
import { type CloudfrontTexts, cloudfrontLine, cloudfrontTexts } from "./cloudfront-line";
import { exactObject } from "./exact-json";
import { slottedParser } from "./field-shape";
import { textOf } from "./json-members";
import type { DescribedParser } from "./line-description";
import type { SlottedMessage } from "./parsed-message";

const DATASET = "aws.cloudfront_access";

/** Of standard logging (legacy), by the order in which its files name them. */
const DEFAULT_NAMES = [
  ...["date", "time", "x-edge-location", "sc-bytes", "c-ip", "cs-method", "cs(Host)", "cs-uri-stem", "sc-status"],
  ...["cs(Referer)", "cs(User-Agent)", "cs-uri-query", "cs(Cookie)", "x-edge-result-type", "x-edge-request-id"],
  ...["x-host-header", "cs-protocol", "cs-bytes", "time-taken", "x-forwarded-for", "ssl-protocol", "ssl-cipher"],
  ...["x-edge-response-result-type", "cs-protocol-version", "fle-status", "fle-encrypted-fields", "c-port"],
  ...["time-to-first-byte", "x-edge-detailed-result-type", "sc-content-type", "sc-content-len"],
  ...["sc-range-start", "sc-range-end"],
];

/** A delivery of standard logging (v2) chooses its delimiter; CloudFront encodes these in every value but the last two. */
const OTHER_DELIMITERS = [" ", "|", ";", ","];

/**
 * Lines of CloudFront's standard logs, legacy and v2, between tabs or another delimiter, or as JSON.
 *
 * @param fields of a line, in its order; empty: those of legacy files. JSON names its fields itself
 */
export function cloudfrontAccessParser(fields: readonly string[]): DescribedParser {
  const names = fields.length === 0 ? DEFAULT_NAMES : fields;
  const { parseLine, line } = cloudfrontLine(names, DATASET);
  const parseJson = jsonParser();
  const inSlots = (message: string) => {
    if (message.startsWith("{")) return parseJson(message);
    const text = message.trimEnd();
    if (text.startsWith("#")) return undefined;
    if (text.includes("\t") || names.length === 1) return parseLine(text.split("\t"));
    for (const delimiter of OTHER_DELIMITERS) {
      const texts = text.split(delimiter, names.length + 1);
      if (texts.length === names.length) return parseLine(texts);
    }
    return undefined;
  };
  return slottedParser(inSlots, line);
}

/** Names that CloudFront alone has; two of them tell its JSON from any other. */
const OWN_NAMES: ReadonlySet<string> = new Set(
  CLOUDFRONT_FIELDS.map(([name]) => name).filter((name) => !["date", "time", "timestamp", "asn"].includes(name)),
);

/** More are somebody else's. */
const MAX_NAMES = 128;

/** Deliveries have as many lists of fields; messages with lists of their own must not fill the memory. */
const MAX_LISTS = 16;

function jsonParser(): (message: string) => SlottedMessage | undefined {
  const parsers = new Map<string, CloudfrontTexts>();
  const parserOf = (names: readonly string[]): CloudfrontTexts => {
    const key = names.join("\t");
    const known = parsers.get(key);
    if (known) return known;
    if (parsers.size >= MAX_LISTS) parsers.clear();
    const parse = cloudfrontTexts(names, DATASET);
    parsers.set(key, parse);
    return parse;
  };
  return (message) => {
    const object = exactObject(message);
    const names = Object.keys(object ?? {});
    if (names.length > MAX_NAMES || names.filter((name) => OWN_NAMES.has(name)).length < 2) return undefined;
    const texts = names.map((name) => (object![name] === null ? "" : textOf(object![name])));
    return texts.every((text) => text !== undefined) ? { ...parserOf(names)(texts), isJson: true } : undefined;
  };
}
