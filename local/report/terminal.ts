import { MAX_SHOWN } from "../../tools/text/one-line";

/** The width of text that goes to no terminal, in columns. */
const DEFAULT_COLUMNS = 80;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Emoji take two columns, as whatever sequence of code points they are written. */
const EMOJI = /\p{Emoji_Presentation}|\ufe0f/u;

/** Take two columns. Source: Unicode's EastAsianWidth.txt, W and F; emoji are above. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{1b2ff}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]/u;

/** Take none: combining marks and joiners. */
const ZERO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** How many columns the output's terminal has. */
export function terminalColumns(): number {
  return process.stdout.columns || DEFAULT_COLUMNS;
}

/** How many columns a terminal shows one line of text in. */
export function displayWidth(text: string): number {
  let columns = 0;
  for (const { segment } of graphemes.segment(text)) columns += graphemeWidth(segment);
  return columns;
}

/** As much of one line of text as fits into so many columns; "…" at its end says that it was longer. */
export function clip(text: string, columns: number): string {
  if (text.length <= MAX_SHOWN && displayWidth(text) <= columns) return text;
  let clipped = "";
  let width = 1;
  for (const { segment } of graphemes.segment(text.slice(0, MAX_SHOWN))) {
    width += graphemeWidth(segment);
    if (width > columns) break;
    clipped += segment;
  }
  return `${clipped}…`;
}

/** `text` with spaces behind it, up to so many columns. */
export function padColumns(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - displayWidth(text)));
}

function graphemeWidth(grapheme: string): number {
  if (EMOJI.test(grapheme)) return 2;
  let columns = 0;
  for (const character of grapheme) {
    if (WIDE.test(character)) columns += 2;
    else if (!ZERO_WIDTH.test(character)) columns += 1;
  }
  return columns;
}
