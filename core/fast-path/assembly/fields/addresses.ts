import { CLOSE_BRACKET, COLON, DOT, isDigit, isHexDigit, OPEN_BRACKET, ZERO } from "../ascii";
import { endOfDigits } from "./numbers";

/** As `asIp`, but for addresses of IPv6 that end in one of IPv4: those are left to the parser. */
export function isIp(start: usize, end: usize): bool {
  return isIpv4(start, end) || isIpv6(start, end);
}

function isIpv4(at: usize, end: usize): bool {
  for (let part = 0; part < 4; part++) {
    if (part > 0) {
      if (at >= end || load<u8>(at) !== DOT) return false;
      at++;
    }
    const first = at;
    let number: u32 = 0;
    while (at < end && isDigit(load<u8>(at)) && at < first + 3) number = number * 10 + (load<u8>(at++) - ZERO);
    if (at === first || number > 255 || (load<u8>(first) === ZERO && at > first + 1)) return false;
  }
  return at === end;
}

/** Eight groups of up to four hexadecimal digits, or fewer with `::` once. */
function isIpv6(at: usize, end: usize): bool {
  let groups = 0;
  let isShort = false;
  if (end - at < 2) return false;
  if (load<u8>(at) === COLON) {
    if (load<u8>(at + 1) !== COLON) return false;
    isShort = true;
    at += 2;
    if (at === end) return true;
  }
  while (groups < 8) {
    const first = at;
    while (at < end && at < first + 4 && isHexDigit(load<u8>(at))) at++;
    if (at === first) return false;
    groups++;
    if (at === end) return isShort ? groups < 8 : groups === 8;
    if (load<u8>(at++) !== COLON || at === end) return false;
    if (load<u8>(at) === COLON) {
      if (isShort) return false;
      isShort = true;
      if (++at === end) return groups < 8;
    }
  }
  return false;
}

/** Where the host of `192.168.131.39:2817` ends: as `endOfHost`. */
export function endOfHost(start: usize, end: usize): usize {
  let colon = end;
  while (colon > start && end - colon <= 5 && isDigit(load<u8>(colon - 1))) colon--;
  // More than five digits are no port.
  if (colon === end || colon <= start + 1 || load<u8>(colon - 1) !== COLON) return end;
  return end - colon > 5 ? end : colon - 1;
}

/** Whether the host that ends at `end` is in brackets, which are none of it. */
export function isBracketed(start: usize, end: usize): bool {
  return end > start && load<u8>(start) === OPEN_BRACKET && load<u8>(end - 1) === CLOSE_BRACKET;
}

/** As `isPort`: up to five digits. */
export function isPort(start: usize, end: usize): bool {
  return end > start && end - start <= 5 && endOfDigits(start, end) === end;
}
