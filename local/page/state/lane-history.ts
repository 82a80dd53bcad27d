import type { LaneHistory } from "../shared/page-state";

/** Points that are kept, a second apart. */
const KEPT = 300;
/** Over which a rate is measured, in milliseconds. */
const RATE_MS = 10_000;

interface Point {
  readonly atMs: number;
  /** Undefined: not known at that time. */
  readonly indexed: number | undefined;
  readonly lagMs: number | undefined;
}

/** What was counted of a lane, second by second. */
export class CountHistory {
  readonly #points: Point[] = [];

  add(point: Point): void {
    this.#points.push(point);
    if (this.#points.length > KEPT + 1) this.#points.shift();
  }

  /** Events a second that became searchable, in the last ten seconds. */
  get rate(): number {
    const known = this.#points.filter(({ indexed }) => indexed !== undefined);
    const last = known.at(-1);
    const first = last && known.find(({ atMs }) => last.atMs - atMs <= RATE_MS);
    return first && last.atMs > first.atMs ? perSecond(first, last) : 0;
  }

  get history(): LaneHistory {
    const points = this.#points.slice(1);
    return {
      at: points.map(({ atMs }) => Math.round(atMs / 1_000)),
      indexedPerSecond: points.map((point, n) => {
        const before = this.#points[n]!;
        return point.indexed === undefined || before.indexed === undefined ? null : perSecond(before, point);
      }),
      lagMs: points.map(({ lagMs }) => lagMs ?? null),
    };
  }
}

/** Documents that are deleted are no events. */
const perSecond = (a: Point, b: Point): number =>
  Math.round(Math.max(0, ((b.indexed! - a.indexed!) * 1_000) / (b.atMs - a.atMs)) * 10) / 10;
