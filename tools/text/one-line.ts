import { stripVTControlCharacters } from "node:util";

/** Maximum length of a displayed line, in UTF-16 code units; the rest is ignored. */
export const MAX_SHOWN = 4_000;

/** Characters that could move the cursor or reorder the line; of the format characters, only the joiners and tags of emoji stay. */
const UNSAFE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?!\u200c|\u200d|[\u{e0020}-\u{e007f}])\p{Cf}/gu;

/**
 * Returns the beginning of `text` on one line that is harmless to a terminal: white space becomes spaces, escape sequences are
 * dropped, other control characters become U+FFFD.
 */
export function oneLine(text: string): string {
  return stripVTControlCharacters(text.slice(0, MAX_SHOWN)).trim().replace(/\s+/g, " ").replace(UNSAFE, "\ufffd");
}

/** Returns all of `text`, harmless to a terminal: line breaks, tabs and spaces stay, all else is as in {@link oneLine}. */
export function harmless(text: string): string {
  return stripVTControlCharacters(text.replaceAll("\r\n", "\n")).replace(UNSAFE, (character) =>
    character === "\n" || character === "\t" ? character : "\ufffd",
  );
}

/** Returns `text` as a string of JSON that is harmless to a terminal. */
export const quoted = (text: string): string => harmlessJson(text);

/** Returns a value that JSON can hold as JSON that is harmless to a terminal. */
export function harmlessJson(value: unknown): string {
  return JSON.stringify(value).replace(UNSAFE, (character) => character.split("").map(escapeOf).join(""));
}

/** Returns a name or an argument as it is; {@link quoted} if a terminal would not show all of it. */
export function shown(text: string): string {
  return oneLine(text) === text ? text : quoted(text);
}

const escapeOf = (codeUnit: string): string => `\\u${codeUnit.charCodeAt(0).toString(16).padStart(4, "0")}`;
