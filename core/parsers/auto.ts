import type { ParserName } from "../settings/parser-names";
import type { MessageParser } from "./parsed-message";
import { SIGNATURES } from "./signatures";

/**
 * Parses each message by the format that it begins like, if it is in it.
 *
 * @param parserOf returns the parser of a format
 */
export const autoParser =
  (parserOf: (name: ParserName) => MessageParser): MessageParser =>
  (message) => {
    for (const { parser, pattern } of SIGNATURES) {
      if (!pattern.test(message)) continue;
      const parsed = parserOf(parser)(message);
      if (parsed) return parsed;
    }
    return undefined;
  };
