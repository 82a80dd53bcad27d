/** Text without special characters for any shell needs no quotes; zsh expands `=` at the beginning. */
const PLAIN = /^[A-Za-z0-9_/.:@+,-][A-Za-z0-9_/.:=@%+,-]*$/;

/**
 * Quotes any `text` as one word of a command line for sh, bash or zsh; except NUL, which no argument can contain. A value that
 * begins with a dash may still look like an option to the command.
 */
export function shellQuote(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
