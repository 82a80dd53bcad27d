const [SPACE, QUOTE, OPEN, BACKSLASH] = [0x20, 0x22, 0x5b, 0x5c];

/**
 * Splits a line into the texts of its fields, in linear time. Spaces delimit fields; several are as one, and a line break ends the
 * last field. A field may contain spaces if it is in quotes or brackets, which are left out of its text.
 *
 * A `"` closes a field if a space or the line's end follows and no backslash escapes it: clients send quotes, which ELB writes as
 * `\x22` or `\"`, and other servers as they are, and a list such as `"h2","http/1.1"` is one field. What has no closing quote is
 * one field up to the line's end. Escapes stay as they are written.
 *
 * A `]` closes a field that a `[` opens if a space, a `"` or the line's end follows, so that `[2001:db8::1]:443` is a field, too.
 *
 * @param from offset of the first field
 */
export function splitDelimited(line: string, from = 0): string[] {
  const end = endOfLine(line);
  const fields: string[] = [];
  // Of the next bracket: a line of nothing but opening ones would be searched from each to its end.
  let bracket = -1;
  // Likewise for closing quotes: one field without any is searched to the line's end, and says it for all after it.
  let hasClosing = true;
  for (let at = from; at < end; ) {
    const first = line.charCodeAt(at);
    if (first === SPACE) {
      at++;
      continue;
    }
    if (first === QUOTE) {
      const [close, isClosing] = closingQuote(line, at + 1, end, hasClosing);
      hasClosing = isClosing;
      fields.push(line.slice(at + 1, close));
      at = close + 1;
      continue;
    }
    if (first === OPEN) {
      if (bracket < at) bracket = indexOrEnd(line, "]", at, end);
      const next = bracket + 1 < end ? line.charCodeAt(bracket + 1) : SPACE;
      if (bracket < end && (next === SPACE || next === QUOTE)) {
        fields.push(line.slice(at + 1, bracket));
        at = bracket + 1;
        continue;
      }
    }
    const space = indexOrEnd(line, " ", at, end);
    fields.push(line.slice(at, space));
    at = space + 1;
  }
  return fields;
}

/** @param hasClosing false: no quote in the rest of the line closes a field but an escaped one */
function closingQuote(line: string, from: number, end: number, hasClosing: boolean): [at: number, isClosing: boolean] {
  let escaped = end;
  for (let at = indexOrEnd(line, '"', from, end); at < end; at = indexOrEnd(line, '"', at + 1, end)) {
    if (at + 1 < end && line.charCodeAt(at + 1) !== SPACE) continue;
    if (!isEscaped(line, at, from)) return [at, true];
    if (!hasClosing) return [at, false];
    if (escaped === end) escaped = at;
  }
  // No other quote closes the field: the backslash is the last character of a text whose writer escapes nothing.
  return [escaped, false];
}

/** Whether the backslashes before a character, each of which may escape the next one, escape it. */
function isEscaped(line: string, at: number, from: number): boolean {
  let first = at;
  while (first > from && line.charCodeAt(first - 1) === BACKSLASH) first--;
  return (at - first) % 2 === 1;
}

function endOfLine(line: string): number {
  let end = line.length;
  while (end > 0 && (line[end - 1] === "\n" || line[end - 1] === "\r")) end--;
  return end;
}

function indexOrEnd(line: string, text: string, from: number, end: number): number {
  const at = line.indexOf(text, from);
  return at < 0 || at > end ? end : at;
}
