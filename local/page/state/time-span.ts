/** Times of events, in milliseconds since the epoch: the first and the last. */
export interface TimeSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Returns the span that holds both; undefined for none. */
export function spanOf(a: TimeSpan | undefined, b: TimeSpan | undefined): TimeSpan | undefined {
  if (!a || !b) return a ?? b;
  return { fromMs: Math.min(a.fromMs, b.fromMs), toMs: Math.max(a.toMs, b.toMs) };
}
