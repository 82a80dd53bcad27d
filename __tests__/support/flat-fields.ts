import { type FieldTree, type MessageParser, NumberText, type ParsedMessage } from "../../core/parsers/parsed-message";

/** Fields by their dotted names, as Elastic writes what it expects: numbers as numbers, lists and texts as they are. */
export function flatFields(tree: FieldTree): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(tree).flatMap(([name, value]): [string, unknown][] => {
      if (value instanceof NumberText) return [[name, Number(value.text)]];
      if (typeof value !== "object" || Array.isArray(value)) return [[name, value]];
      return Object.entries(flatFields(value as FieldTree)).map(([rest, inner]) => [`${name}.${rest}`, inner]);
    }),
  );
}

/** What a parser makes of a message, with flat fields; undefined if it is not in its format. */
export function parsedFlat(
  parse: MessageParser,
  message: string,
): (Omit<ParsedMessage, "fields"> & { readonly fields: Record<string, unknown> }) | undefined {
  const parsed = parse(message);
  return parsed && { ...parsed, fields: flatFields(parsed.fields) };
}
