import { MAX_SHOWN, oneLine } from "../../tools/text/one-line";

/** Width of output that is not a terminal, in columns. */
const DEFAULT_COLUMNS = 80;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Emoji take two columns, however many code points they have. */
const EMOJI = /\p{Emoji_Presentation}|\ufe0f/u;

/** Characters of two columns. Source: Unicode's EastAsianWidth.txt, W and F; emoji are above. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{1b2ff}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]/u;

/** Characters of no width: combining marks and joiners. */
const ZERO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Number of columns of the output's terminal. */
export function terminalColumns(): number {
  return process.stdout.columns || DEFAULT_COLUMNS;
}

/** Number of columns that one line of text takes in a terminal. */
export function displayWidth(text: string): number {
  let columns = 0;
  for (const { segment } of graphemes.segment(text)) columns += graphemeWidth(segment);
  return columns;
}

/** Cuts one line of text to a number of columns; "…" at the end marks a cut. */
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

/** Cuts the beginning of one line of text, such as a path, to a number of columns; "…" marks a cut. */
export function clipStart(text: string, columns: number): string {
  if (text.length <= MAX_SHOWN && displayWidth(text) <= columns) return oneLine(text);
  let clipped = "";
  let width = 1;
  for (const { segment } of [...graphemes.segment(oneLine(text.slice(-MAX_SHOWN)))].reverse()) {
    width += graphemeWidth(segment);
    if (width > columns) break;
    clipped = segment + clipped;
  }
  return `…${clipped}`;
}

/** Pads `text` with spaces to a number of columns. */
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
