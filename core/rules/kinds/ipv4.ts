import type { TextFinder, TextRange } from "../text-range";

/** Four numbers of up to three digits that no digit and no further number is next to: `1.2.3.4.5` is no address. */
const ADDRESS = /(?<!\d|\d\.)\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?!\d|\.\d)/g;

/** Finds IPv4 addresses in decimal, as any four numbers up to 255. */
export const findIpv4: TextFinder = (text) => {
  const found: TextRange[] = [];
  if (!text.includes(".")) return found;
  for (const { 0: address, index: start } of text.matchAll(ADDRESS)) {
    if (address.split(".").every((part) => Number(part) <= 255)) found.push({ start, end: start + address.length });
  }
  return found;
};
