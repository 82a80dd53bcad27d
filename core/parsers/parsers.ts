import type { ParserName } from "../settings/parser-names";
import type { MessageParser } from "./parsed-message";

export interface ParserOptions {
  /** Names of a line's fields in their order, for formats whose users choose them. Empty: AWS's default order. */
  fields: readonly string[];
}

/** Makes the parser of each format. */
export const PARSERS: Partial<Record<ParserName, (options: ParserOptions) => MessageParser>> = {};
