import type { ParserName } from "../settings/parser-names";
import { parsedInSlots } from "./field-shape";
import type { DescribedParser, SignedLayout, SignedLine, SignedObject, SignedPairs } from "./line-description";
import type { FieldShape, MessageParser } from "./parsed-message";
import { SIGNATURES } from "./signatures";

/**
 * Parses each message by the format that it begins like, if it is in it.
 *
 * @param parserOf returns the parser of a format
 */
export function autoParser(parserOf: (name: ParserName) => DescribedParser): DescribedParser {
  /** @param parse of a parser; undefined: it does not know the message */
  const first = <T>(message: string, parse: (parser: MessageParser) => T | undefined): T | undefined => {
    for (const { parser, pattern } of SIGNATURES) {
      if (!pattern.test(message)) continue;
      const parsed = parse(parserOf(parser));
      if (parsed) return parsed;
    }
    return undefined;
  };
  const lineOf = (shape: FieldShape): SignedLine | undefined => {
    for (const [i, { parser, pattern }] of SIGNATURES.entries()) {
      const { line } = parserOf(parser);
      if (line?.table.shape !== shape) continue;
      return { line, signature: pattern, earlier: SIGNATURES.slice(0, i).map((one) => one.pattern) };
    }
    return undefined;
  };
  const objectOf = (described: object): SignedObject | undefined => {
    for (const [i, { parser, pattern }] of SIGNATURES.entries()) {
      const { object } = parserOf(parser);
      if (object !== described) continue;
      return { object, signature: pattern, earlier: SIGNATURES.slice(0, i).map((one) => one.pattern) };
    }
    return undefined;
  };
  // A format of layouts may begin in several ways.
  const layoutsOf = (shape: FieldShape): SignedLayout[] =>
    SIGNATURES.flatMap(({ parser, pattern: signature }, i) => {
      const layouts = parserOf(parser).layouts?.filter(({ table }) => table.shape === shape) ?? [];
      const earlier = SIGNATURES.slice(0, i).map((one) => one.pattern);
      return layouts.map((layout) => ({ layout, signature, earlier }));
    });
  const pairsOf = (shape: FieldShape): SignedPairs | undefined => {
    for (const [i, { parser, pattern }] of SIGNATURES.entries()) {
      const { pairs } = parserOf(parser);
      if (pairs?.table.shape !== shape) continue;
      return { pairs, signature: pattern, earlier: SIGNATURES.slice(0, i).map((one) => one.pattern) };
    }
    return undefined;
  };
  return Object.assign((message: string) => first(message, (parse) => parse(message)), {
    inSlots: (message: string) => first(message, (parse) => parsedInSlots(parse, message)),
    ...{ lineOf, objectOf, layoutsOf, pairsOf },
  });
}
