import { ENVIRONMENT } from "./environment";
import { JsonMembers, type MemberRule } from "./json-members";
import { parsedJson } from "./parsed-json";
import type { ParserChoice } from "./parser-choice";
import { textMatching, textOneOf } from "./variable";

/** Where access logs are, and what becomes of them. */
export interface AccessLogSource {
  /** Of the source; and of the index of objects whose format nothing says. */
  name: string;
  bucket: string;
  /** Of the keys, decoded. The longest one that a key begins with decides. @default "", all keys */
  prefix: string;
  /** `auto`: by the key, as AWS names its objects, else line by line; `none`: lines are text or JSON. @default auto */
  format: ParserChoice;
  /** Name of the index, without prefix and period. @default "", the format's name */
  index: string;
  /** Names of the fields of a line, for files that do not name them: see `PARSER_FIELDS`. @default "", AWS's default */
  parserFields: string;
}

/** Maximum number of sources of a function. */
export const MAX_ACCESS_LOG_SOURCES = 100;

/** Maximum length of a key's prefix, in bytes of UTF-8. Source: Amazon S3 User Guide, "Naming Amazon S3 objects": a key has 1,024. */
export const MAX_KEY_BYTES = 1_024;

export const ACCESS_LOG_SOURCES_ALLOWED =
  `a JSON list of 1 to ${MAX_ACCESS_LOG_SOURCES} sources, such as ` +
  '[{"name":"alb","bucket":"my-logs","prefix":"AWSLogs/","format":"auto","index":"","parserFields":""}]; ' +
  "all but name and bucket may be left out";

/** The rules of a source's members. Terraform checks the same. */
export const ACCESS_LOG_SOURCE_MEMBERS = {
  name: {
    allowed: "1 to 64 of a-z 0-9 _ -, the first a letter or digit",
    ...textMatching(/^[a-z0-9][a-z0-9_-]{0,63}$/),
  },
  bucket: { allowed: ENVIRONMENT.ARCHIVE_BUCKET.allowed, ...textMatching(...ENVIRONMENT.ARCHIVE_BUCKET.patterns) },
  prefix: {
    allowed: `nothing, or up to ${MAX_KEY_BYTES} bytes: the beginning of keys, not encoded`,
    parse: (value: string) => (Buffer.byteLength(value) <= MAX_KEY_BYTES && value.isWellFormed() ? value : undefined),
  },
  format: { allowed: ENVIRONMENT.PARSER.allowed, ...textOneOf(...ENVIRONMENT.PARSER.values) },
  index: { allowed: ENVIRONMENT.INDEX_NAME.allowed, ...textMatching(...ENVIRONMENT.INDEX_NAME.patterns) },
  parserFields: {
    allowed: ENVIRONMENT.PARSER_FIELDS.allowed,
    ...textMatching(...ENVIRONMENT.PARSER_FIELDS.patterns),
  },
} as const satisfies Record<keyof AccessLogSource, MemberRule<string>>;

/** The mistakes in a list of sources, or none and the sources. */
export type ParsedAccessLogSources =
  | { sources: readonly AccessLogSource[]; errors: readonly [] }
  | { sources?: undefined; errors: readonly string[] };

/** Parses `ACCESS_LOG_SOURCES`. */
export function parseAccessLogSources(json: string): ParsedAccessLogSources {
  const errors: string[] = [];
  // As a member, so that errors name each place by `ACCESS_LOG_SOURCES[0].bucket`.
  const list = parsedJson(json) ?? json;
  const root = JsonMembers.of({ ACCESS_LOG_SOURCES: list }, "", ACCESS_LOG_SOURCES_ALLOWED, errors)!;
  const given = root.objects("ACCESS_LOG_SOURCES", ACCESS_LOG_SOURCES_ALLOWED);
  if (errors.length === 0 && (given.length === 0 || given.length > MAX_ACCESS_LOG_SOURCES)) {
    errors.push(`ACCESS_LOG_SOURCES has ${given.length} sources. Allowed: ${ACCESS_LOG_SOURCES_ALLOWED}.`);
  }
  const sources = given.map(sourceIn);
  for (const [i, source] of sources.entries()) {
    const before = sources.slice(0, i);
    const same = before.find(({ bucket, prefix }) => bucket === source.bucket && prefix === source.prefix);
    if (source.name && before.some(({ name }) => name === source.name)) {
      given[i]!.wrong(`has the name ${JSON.stringify(source.name)} of another source`, "a name for each");
    }
    if (source.bucket && source.prefix !== undefined && same) {
      given[i]!.wrong(`has bucket and prefix of ${JSON.stringify(same.name)}`, "a prefix for each source of a bucket");
    }
  }
  // Without errors no member is undefined.
  return errors.length > 0 ? { errors } : { sources: sources as AccessLogSource[], errors: [] };
}

function sourceIn(members: JsonMembers): { [Name in keyof AccessLogSource]: AccessLogSource[Name] | undefined } {
  const { name, bucket, prefix, format, index, parserFields } = ACCESS_LOG_SOURCE_MEMBERS;
  members.refuseOthers(Object.keys(ACCESS_LOG_SOURCE_MEMBERS));
  return {
    name: members.text("name", name),
    bucket: members.text("bucket", bucket),
    prefix: members.has("prefix") ? members.text("prefix", prefix) : "",
    format: members.has("format") ? members.text("format", format) : "auto",
    index: members.has("index") ? members.text("index", index) : "",
    parserFields: members.has("parserFields") ? members.text("parserFields", parserFields) : "",
  };
}
