import { Token } from "cdktf";

/** Go's encoder escapes what means something in HTML, and line separators: each becomes six characters. */
const ESCAPED = /[<>&\u2028\u2029]/g;

/** Returns the text that Terraform's `jsonencode` makes of a value, but for the order of its members, and with "" for tokens. */
export const encodedJson = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) => (Token.isUnresolved(each) ? "" : each)).replaceAll(
    ESCAPED,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/**
 * Returns a Terraform expression for the number of bytes of a text in UTF-8: `length` counts what a reader takes for a character.
 *
 * @param text a Terraform expression
 */
export const bytesAtPlan = (text: string): string => `floor(length(replace(base64encode(${text}), "=", "")) * 3 / 4)`;
