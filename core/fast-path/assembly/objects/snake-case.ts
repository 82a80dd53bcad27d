import { isDigit, isLetter, isUpper, QUOTE, UNDERSCORE } from "../ascii";

/**
 * Writes a name as `fieldName` makes it, and a quote after it.
 *
 * @returns the address of the quote; 0 for a name without letters, and for one that begins with a digit: JavaScript sorts numbers
 */
export function putSnakeCase(at: usize, end: usize, to: usize): usize {
  const start = to;
  let isApart = false;
  let last: u8 = 0;
  for (; at < end; at++) {
    const byte = load<u8>(at);
    if (isUpper(byte)) {
      const isAfterWord = isDigit(last) || (isLetter(last) && !isUpper(last));
      const next = at + 1 < end ? load<u8>(at + 1) : 0;
      const isBeforeWord = isUpper(last) && isLetter(next) && !isUpper(next);
      if ((isApart || isAfterWord || isBeforeWord) && to > start) store<u8>(to++, UNDERSCORE);
      store<u8>(to++, byte | 0x20);
      isApart = false;
    } else if (isLetter(byte) || isDigit(byte)) {
      if (isApart && to > start) store<u8>(to++, UNDERSCORE);
      store<u8>(to++, byte);
      isApart = false;
    } else isApart = true;
    last = byte;
  }
  if (to === start || isDigit(load<u8>(start))) return 0;
  store<u8>(to, QUOTE);
  return to;
}
