import type { LaneHistory } from "../../shared/page-state";

/** How far back charts go, in seconds. */
const SPAN = 300;

export interface ChartValues {
  /** Seconds since the epoch, ascending. */
  readonly at: readonly number[];
  readonly perSecond: readonly number[];
  readonly lagMs: readonly (number | null)[];
}

/** Returns a value for each of the last seconds: a lane's history has none where nothing has come. @param now in seconds */
export function chartValues(history: LaneHistory, now: number): ChartValues {
  // What is counted comes a moment after its second began.
  const last = history[now] ? now : now - 1;
  const at = Array.from({ length: SPAN }, (_, n) => last - SPAN + 1 + n);
  const points = at.map((second) => history[second]);
  return {
    at,
    perSecond: points.map((point) => point?.[0] ?? 0),
    lagMs: points.map((point) => point?.[1] ?? null),
  };
}
