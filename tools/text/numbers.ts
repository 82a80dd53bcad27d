/** `2,000` */
export const count = (n: number): string => n.toLocaleString("en-US");

/** `1 object`, `2,000 objects` */
export const counted = (n: number, noun: string): string => `${count(n)} ${noun}${n === 1 ? "" : "s"}`;

/** `1.5 MiB` */
export const mebibytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;

/** Rounds to about three significant digits: `1.23`, `12.3`, `1,234`; to two below 0.1: `0.0012`; a whole number as it is. */
export function rounded(n: number): string {
  if (n !== 0 && Math.abs(n) < 0.1) return n.toLocaleString("en-US", { maximumSignificantDigits: 2 });
  const decimals = Number.isInteger(n) || Math.abs(n) >= 100 ? 0 : Math.abs(n) >= 10 ? 1 : 2;
  return n.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}
