import { given } from "./given";
import { JsonMembers, type MemberRule } from "./json-members";
import { OBJECT_NAMES } from "./object-names";
import { parsedJson } from "./parsed-json";
import { NAME_WITHOUT_SPACES, ofLength, textMatching } from "./variable";

/** A field of the user's own: what a group of `pattern` holds in the text of `from`. */
export interface FieldExtraction {
  /** The field's name; dots lead into objects. */
  name: string;
  /** `message`, or a field that a parser or a JSON message has; dots lead into objects. */
  from: string;
  /** A pattern of RE2. */
  pattern: string;
}

/** Maximum number of fields of a function. */
export const MAX_EXTRACTED_FIELDS = 20;

/** Maximum length of a pattern of `EXTRACT_FIELDS` and `JOIN_LINES`, in characters. */
export const MAX_PATTERN_LENGTH = 500;

/**
 * Maximum length of `EXTRACT_FIELDS`, in bytes of UTF-8: the other variables need room, too.
 * Source: Lambda Developer Guide, "Lambda quotas": 4 KB for all environment variables of a function.
 */
export const MAX_EXTRACT_FIELDS_LENGTH = 2_048;

/** First parts of names that no field may have: they are the pipeline's own. */
export const RESERVED_ROOTS = ["message", "cloud", "aws", "json"];

/** Objects of loggers, parsers and the index template, and one of the pipeline's own fields. Fields in these objects are allowed. */
export const RESERVED_NAMES = [...OBJECT_NAMES, "event", "labels", "annotations", "kubernetes", "event.original"];

/** Up to 10 parts: engines take 20 levels by default. The patterns are read alike by JavaScript and RE2. */
export const EXTRACTED_NAME: MemberRule<string> & { patterns: readonly RegExp[] } = {
  patterns: [/^.{1,100}$/, /^[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z0-9][A-Za-z0-9_-]*){0,9}$/],
  allowed:
    "up to 100 letters, digits, _ and - that begin with a letter; dots lead into objects, up to 10 parts; " +
    `not ${RESERVED_NAMES.join(", ")}, nor in ${RESERVED_ROOTS.join(", ")}`,
  parse: (name) =>
    EXTRACTED_NAME.patterns.every((pattern) => pattern.test(name)) &&
    !RESERVED_NAMES.includes(name) &&
    !RESERVED_ROOTS.includes(name.split(".", 1)[0]!)
      ? name
      : undefined,
};

/** Where a field is extracted from. */
export const EXTRACTED_FROM = {
  allowed: "message, or a field's name of 1 to 256 characters without spaces and quotes; dots lead into objects",
  ...textMatching(NAME_WITHOUT_SPACES, ofLength(1, 256)),
} satisfies MemberRule<string>;

/** What a field is extracted by. */
export const EXTRACTED_BY = {
  allowed: `a pattern of RE2 of 1 to ${MAX_PATTERN_LENGTH} characters`,
  ...textMatching(ofLength(1, MAX_PATTERN_LENGTH)),
} satisfies MemberRule<string>;

export const EXTRACT_FIELDS_ALLOWED =
  `a JSON object of up to ${MAX_EXTRACTED_FIELDS} fields and ${MAX_EXTRACT_FIELDS_LENGTH} bytes, such as ` +
  '{"page":{"from":"url.path","pattern":"^/blog/(?P<page>[^/]+)"}}';

/** The mistakes in a list of fields, or none and the fields. */
export type ParsedExtraction =
  | { fields: readonly FieldExtraction[]; errors: readonly [] }
  | { fields?: undefined; errors: readonly string[] };

/**
 * Parses `EXTRACT_FIELDS`. Whether RE2 takes the patterns is not checked.
 *
 * @param place before the place of each mistake
 */
export function parseExtractedFields(json: string, place = "EXTRACT_FIELDS"): ParsedExtraction {
  const errors: string[] = [];
  const value = parsedJson(json);
  if (value === null)
    return { errors: [`${place} is ${given(json)}, no JSON object. Allowed: ${EXTRACT_FIELDS_ALLOWED}.`] };
  const all = JsonMembers.of(value, `${place}.`, EXTRACT_FIELDS_ALLOWED, errors);
  if (!all) return { errors };
  const fieldsByName = Object.entries(value as object);
  const bytes = Buffer.byteLength(json);
  if (fieldsByName.length > MAX_EXTRACTED_FIELDS || bytes > MAX_EXTRACT_FIELDS_LENGTH) {
    all.wrong(`has ${bytes} bytes, and this number of fields: ${fieldsByName.length}`, EXTRACT_FIELDS_ALLOWED);
  }
  const names = fieldsByName.map(([name]) => name);
  const fields = fieldsByName.flatMap(([name, one]) => {
    const path = `${place}[${JSON.stringify(name)}].`;
    const members = JsonMembers.of(one, path, "an object with from and pattern", errors);
    if (!members) return [];
    if (EXTRACTED_NAME.parse(name) === undefined) members.wrong("is no name of a field", EXTRACTED_NAME.allowed);
    const outer = names.find((other) => name.startsWith(`${other}.`));
    if (outer) members.wrong(`is in ${JSON.stringify(outer)}, which is a text`, "names of which none is in another");
    members.refuseOthers(["from", "pattern"]);
    // Without errors neither is undefined.
    return [{ name, from: members.text("from", EXTRACTED_FROM)!, pattern: members.text("pattern", EXTRACTED_BY)! }];
  });
  return errors.length > 0 ? { errors } : { fields, errors: [] };
}
