/** Characters that are not seen, or change how others are: controls, and those of the format, of bidirectional text and of lines. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;

/** Of ASCII's controls, from 0 on. */
const NAMES =
  "NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US".split(
    " ",
  );

/** Characters of one emoji are joined by these. */
const IN_EMOJI = new Set(["\u200d", "\ufe0f"]);

/**
 * Returns a text with each character that is not seen as what it is: ASCII's name of a control, such as ⟨ESC⟩, and its number for others. Line feeds and tabs stay.
 */
export function visibleText(text: string): string {
  return text.replace(INVISIBLE, (character) => {
    const code = character.codePointAt(0)!;
    if (character === "\n" || character === "\t" || IN_EMOJI.has(character)) return character;
    return `⟨${NAMES[code] ?? `U+${code.toString(16).toUpperCase().padStart(4, "0")}`}⟩`;
  });
}

/** Returns the first characters of a text, and how many more there are. */
export function beginningOf(text: string, length: number): { readonly shown: string; readonly more: number } {
  if (text.length <= length) return { shown: text, more: 0 };
  const shown = text.slice(0, length).replace(/[\ud800-\udbff]$/, "");
  return { shown, more: text.length - shown.length };
}
