const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[-+.\w]+|[ \t\r\n]+|./gs;

/** The tokens of a JSON text, or of any other text. */
export const tokensOf = (text: string): string[] => text.match(TOKEN) ?? [];

export const isString = (token: string | undefined): token is string =>
  token !== undefined && /^".*"$/s.test(token) && token.length > 1;

/** Where the value ends that begins at `start`: the position after its last token. */
export function endOfValue(tokens: readonly string[], start: number): number {
  let depth = 0;
  for (let at = start; at < tokens.length; at++) {
    const token = tokens[at]!;
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    if (depth <= 0) return at + 1;
  }
  return tokens.length;
}

/** A range of tokens; `end` is the position after the last one. */
export interface TokenRange {
  readonly start: number;
  readonly end: number;
}

/** The next member from `near` on, by its key; undefined: there is none. */
export function memberFrom(
  tokens: readonly string[],
  near: number,
): (TokenRange & { readonly value: number }) | undefined {
  for (let at = near; at + 2 < tokens.length; at++) {
    if (tokens[at + 1] === ":" && isString(tokens[at]))
      return { start: at, value: at + 2, end: endOfValue(tokens, at + 2) };
  }
  return undefined;
}
