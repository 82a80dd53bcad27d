let lastTime = Number.NaN;
let lastText = "";

/** Returns a time in milliseconds since 1970 as ISO 8601 in UTC; the text of the last one is remembered, as many lines share one. */
export function isoTime(milliseconds: number): string {
  if (milliseconds !== lastTime) {
    lastText = new Date(milliseconds).toISOString();
    lastTime = milliseconds;
  }
  return lastText;
}
