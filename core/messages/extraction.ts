import { partsOfName, placesInMessage, type RestOfName } from "../json/field-names";
import { isObject, parsedObject } from "../json/object";
import { exactObject } from "../parsers/exact-json";
import { textOf } from "../parsers/json-members";
import type { FieldExtractor, ParsedMessage } from "../parsers/parsed-message";
import { compiledPattern } from "../patterns/compiled-pattern";
import type { Pattern } from "../patterns/pattern";
import type { FieldExtraction } from "../settings/extracted-fields";
import { OBJECT_NAMES } from "../settings/object-names";
import { isTaken, valuesAt } from "./message-fields";

/** Maximum number of characters of a text that a pattern reads: what its group holds takes up to 10 µs for each. */
export const MAX_EXTRACTED_FROM = 8_192;

interface CompiledField {
  name: string;
  path: RestOfName;
  from: string;
  pattern: Pattern;
  group: number;
}

/**
 * Returns what extracts fields from messages, by patterns. A field has what the group of its name holds (of a dotted name, its last
 * part), else the first group, else the whole match. It is left out if that is empty, or if the message has the field itself.
 *
 * @throws EnvironmentError for a pattern that RE2 does not take
 */
export function fieldExtractor(extractions: readonly FieldExtraction[]): FieldExtractor {
  const fields = extractions.map(({ name, from, pattern: source }): CompiledField => {
    const pattern = compiledPattern(source);
    const path = name.split(".");
    return { name, path, from, pattern, group: pattern.group(path.at(-1)!) };
  });
  return (message, parsed) => {
    const source = new Source(message, parsed);
    const userFields: Record<string, string> = {};
    const hiddenFields: Record<string, string> = {};
    let isAny = false;
    for (const { name, path, from, pattern, group } of fields) {
      const text = extracted(source.texts(from), pattern, group);
      if (!text) continue;
      isAny = true;
      (source.has(path) ? hiddenFields : userFields)[name] = text;
    }
    return isAny ? source.with(userFields, hiddenFields) : parsed;
  };
}

/**
 * Adds a field of the pipeline's own to what is known of a message, as an extracted one is added.
 *
 * @returns undefined if its document has such a field already, or something in its way
 */
export function withField(
  message: string,
  parsed: ParsedMessage | undefined,
  name: string,
  text: string,
): ParsedMessage | undefined {
  const source = new Source(message, parsed);
  const path = name.split(".");
  const { userFields = {}, hiddenFields = {} } = parsed ?? {};
  if (source.has(path) || isTaken(userFields, path)) return undefined;
  return source.with({ ...userFields, [name]: text }, hiddenFields);
}

/** Returns what a group holds in the first text in which its pattern occurs. */
function extracted(texts: Iterable<string>, pattern: Pattern, group: number): string | undefined {
  for (const text of texts) {
    const found = pattern.groupIn(text, group, MAX_EXTRACTED_FROM);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A message, and what its document has. JSON is read when it is first asked for. */
class Source {
  readonly #message: string;
  readonly #parsed: ParsedMessage | undefined;
  #json: { text: string; object: Readonly<Record<string, unknown>> | undefined } | undefined;

  constructor(message: string, parsed: ParsedMessage | undefined) {
    this.#message = message;
    this.#parsed = parsed;
  }

  /** The texts of a field; of `message` that of the document first, and then the whole. */
  *texts(from: string): Generator<string> {
    const object = this.#object();
    if (from === "message") {
      const text = this.#parsed?.message ?? (object && messageOf(object));
      if (typeof text === "string") yield text;
      yield this.#message;
      return;
    }
    if (this.#parsed) yield* textsIn(valuesAt(this.#parsed.fields, partsOfName(from)));
    if (object) for (const place of placesInMessage(from)) yield* this.#textsOfMember(object, place);
  }

  /** Whether the document has a field, or something in its way. */
  has(path: RestOfName): boolean {
    if (this.#parsed && isTaken(this.#parsed.fields, path)) return true;
    if (!this.#hasMembers) return false;
    const object = this.#object()!;
    const [root] = path as [string];
    // What is no object there is not at the root of the document.
    const isMoved = OBJECT_NAMES.includes(root) && Object.hasOwn(object, root) && !isObject(object[root]);
    return isTaken(isMoved ? { ...object, [root]: {} } : object, path);
  }

  with(userFields: Readonly<Record<string, string>>, hiddenFields: Readonly<Record<string, string>>): ParsedMessage {
    const added = { ...(hasAny(userFields) && { userFields }), ...(hasAny(hiddenFields) && { hiddenFields }) };
    if (this.#parsed) return { ...this.#parsed, ...added };
    const rest = this.#hasMembers ? { json: this.#message } : { message: this.#message };
    return { fields: {}, isUnknown: true, ...added, ...rest };
  }

  /** Whether members of JSON become fields of the document. */
  get #hasMembers(): boolean {
    if (this.#parsed) return this.#parsed.json !== undefined;
    return this.#object() !== undefined;
  }

  #textsOfMember(object: Readonly<Record<string, unknown>>, place: RestOfName): string[] {
    const values = [...valuesAt(object, place)];
    const isExact = !values.some((value) => typeof value === "number");
    // JavaScript changes the digits of some numbers, and keeping them takes ten times as long.
    return textsIn(isExact ? values : valuesAt(exactObject(this.#json!.text), place));
  }

  #object(): Readonly<Record<string, unknown>> | undefined {
    if (!this.#json) {
      const text = this.#parsed?.json ?? this.#message;
      this.#json = { text, object: parsedObject(text) };
    }
    return this.#json.object;
  }
}

const hasAny = (fields: object) => Object.keys(fields).length > 0;

const textsIn = (values: Iterable<unknown>): string[] =>
  Array.from(values, textOf).filter((text) => text !== undefined);

/** The `message` of a JSON object's document. */
const messageOf = (object: Readonly<Record<string, unknown>>): unknown =>
  Object.hasOwn(object, "message") ? object.message : object.log;
