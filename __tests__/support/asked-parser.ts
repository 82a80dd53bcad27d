import { parsedInSlots } from "../../core/parsers/field-shape";
import type { DescribedParser } from "../../core/parsers/line-description";

/** A parser that takes note of the messages that it is asked about, with all that the WASM encoder knows of it. */
export function askedParser(parser: DescribedParser) {
  const asked: string[] = [];
  const inSlots = (message: string) => {
    asked.push(message);
    return parsedInSlots(parser, message);
  };
  return { parser: Object.assign((message: string) => parser(message), { ...parser, inSlots }), asked };
}
