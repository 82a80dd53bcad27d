/** 0.42 → "0.4 s"; 75 → "1 min 15 s" */
export function secondsText(value: number): string {
  return value < 10 ? `${value.toFixed(1)} s` : wholeSeconds(value);
}

/** 3.7 → "4 s"; 75 → "1 min 15 s" */
export function wholeSeconds(value: number): string {
  const whole = Math.round(value);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Milliseconds since the epoch → "12:01:03", in UTC as all times of the page */
export const clockTime = (ms: number): string => new Date(ms).toISOString().slice(11, 19);

/** 12345 → "12,345" */
export const integerText = (value: number): string => Math.round(value).toLocaleString("en-US");

/** 1234.5 → "$1,235"; 3.14159 → "$3.14" */
export const dollars = (usd: number): string => (usd < 1_000 ? `$${usd.toFixed(2)}` : `$${integerText(usd)}`);

/** 1536 → "1.5 KiB" */
export function sized(bytes: number): string {
  if (bytes < 1_024) return `${integerText(bytes)} B`;
  const exponent = Math.min(4, Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1_024 ** exponent).toFixed(1)} ${["KiB", "MiB", "GiB", "TiB"][exponent - 1]}`;
}

/** 1 → "1 event"; 1234 → "1,234 events" */
export const countOf = (value: number, one: string, many = `${one}s`): string =>
  value === 1 ? `1 ${one}` : `${integerText(value)} ${many}`;
