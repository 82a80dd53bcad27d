import { type TextFinder, type TextRange, withoutRanges } from "./text-range";
import { type UnescapedText, unescaped } from "./unescaped";

/** How many escapes around one another are looked into. */
export const MAX_ESCAPES = 3;

/**
 * Returns a text without what the finders find in it, as it is written and with its escapes resolved: `joe\u0040a.example`, in JSON behind
 * a prefix, and `joe%40a.example`, in a query, are addresses, too.
 */
export function redactedText(text: string, finders: readonly TextFinder[]): string {
  const ranges = rangesIn(text, finders);
  return ranges.length === 0 ? text : withoutRanges(text, ranges);
}

/** Whether the finders find anything in a text. @param escapes how many escapes around one another are looked into */
export function hasAny(text: string, finders: readonly TextFinder[], escapes: number): boolean {
  if (finders.some((find) => find(text).length > 0)) return true;
  const inner = escapes === 0 ? undefined : unescaped(text);
  return inner !== undefined && hasAny(inner.text, finders, escapes - 1);
}

function rangesIn(text: string, finders: readonly TextFinder[], escapes = MAX_ESCAPES): readonly TextRange[] {
  // Fields alone are redacted: resolving escapes takes longer than all else.
  if (finders.length === 0) return [];
  const found: TextRange[] = [];
  for (const find of finders) for (const range of find(text)) found.push(range);
  const inner = unescaped(text);
  if (!inner) return found;
  return [...found.map(inner.whole), ...innerRanges(inner, finders, escapes)];
}

function innerRanges(inner: UnescapedText, finders: readonly TextFinder[], escapes: number): TextRange[] {
  return escapes === 0 ? [] : rangesIn(inner.text, finders, escapes - 1).map(inner.sourceOf);
}
