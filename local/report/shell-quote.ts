/** Quotes are left off where no shell gives any of it a meaning; zsh does to `=` at the beginning. */
const PLAIN = /^[A-Za-z0-9_/.:@+,-][A-Za-z0-9_/.:=@%+,-]*$/;

/**
 * `text` as one word of a command line for sh, bash or zsh, whatever it holds; only NUL, which no argument can hold,
 * is lost. An option's value that begins with a dash is still the command's to understand.
 */
export function shellQuote(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
