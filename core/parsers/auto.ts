import type { ParserName } from "../settings/parser-names";
import { parsedInSlots } from "./field-shape";
import type { MessageParser } from "./parsed-message";
import { SIGNATURES } from "./signatures";

/**
 * Parses each message by the format that it begins like, if it is in it.
 *
 * @param parserOf returns the parser of a format
 */
export function autoParser(parserOf: (name: ParserName) => MessageParser): MessageParser {
  /** @param parse of a parser; undefined: it does not know the message */
  const first = <T>(message: string, parse: (parser: MessageParser) => T | undefined): T | undefined => {
    for (const { parser, pattern } of SIGNATURES) {
      if (!pattern.test(message)) continue;
      const parsed = parse(parserOf(parser));
      if (parsed) return parsed;
    }
    return undefined;
  };
  return Object.assign((message: string) => first(message, (parse) => parse(message)), {
    inSlots: (message: string) => first(message, (parse) => parsedInSlots(parse, message)),
  });
}
