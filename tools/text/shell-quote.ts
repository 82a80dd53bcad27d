/** Text without special characters for any shell needs no quotes; zsh expands `=` at the beginning. */
const PLAIN = /^[A-Za-z0-9_/.:@+,-][A-Za-z0-9_/.:=@%+,-]*$/;

/** A terminal takes these for keys, even between quotes: Ctrl-C ends the command, and what follows is another one. */
const KEYS = /(?!\n)\p{Cc}/u;

/**
 * Quotes any `text` as one word of a command line for sh, bash or zsh; except NUL, which no argument can contain. A value that
 * begins with a dash may still look like an option to the command.
 */
export function shellQuote(text: string): string {
  if (PLAIN.test(text)) return text;
  return KEYS.test(text) ? printed(text) : `'${text.replaceAll("'", "'\\''")}'`;
}

/** The word as `printf` makes it. The line feeds that `$()` takes from its end follow it. */
function printed(text: string): string {
  const word = text.replace(/\n+$/, "");
  // Between double quotes, an interactive shell looks for `!`.
  const escaped = word.replace(/[\p{Cc}!'\\]/gu, octal);
  const end = text.slice(word.length);
  return `"$(printf %b '${escaped}')"${end && `'${end}'`}`;
}

const octal = (character: string): string =>
  [...Buffer.from(character)].map((byte) => `\\0${byte.toString(8).padStart(3, "0")}`).join("");
