import type { LaneHistory, LanePoint } from "../shared/page-state";

/** Of which points are kept. */
const KEPT_SECONDS = 300;
/** Over which a rate is measured, in milliseconds. */
const RATE_MS = 10_000;

interface Counted {
  readonly atMs: number;
  /** Undefined: not known at that time. */
  readonly indexed: number | undefined;
  readonly lagMs: number | undefined;
}

interface Known {
  readonly atMs: number;
  readonly indexed: number;
}

/** What was counted of a lane, second by second. */
export class CountHistory {
  readonly #points = new Map<number, LanePoint>();
  /** The last ones for a rate. */
  readonly #known: Known[] = [];
  #last: Counted | undefined;

  add(counted: Counted): void {
    const { atMs, indexed, lagMs } = counted;
    const second = Math.floor(atMs / 1_000);
    const rate = rateOf(this.#last, counted);
    // What took longer than a second to be counted was on its way all the time.
    const first = this.#last ? Math.floor(this.#last.atMs / 1_000) + 1 : second;
    if (rate > 0) for (let at = Math.min(first, second); at <= second; at++) this.#add(at, [rate]);
    if (lagMs !== undefined) this.#add(second, [rate, lagMs]);
    for (const at of this.#points.keys()) if (at <= second - KEPT_SECONDS) this.#points.delete(at);
    if (indexed !== undefined) this.#known.push({ atMs, indexed });
    while (this.#known.length > 2 && atMs - this.#known[0]!.atMs > RATE_MS) this.#known.shift();
    this.#last = counted;
  }

  /** To what is known of that second already. */
  #add(second: number, [perSecond, lagMs]: LanePoint): void {
    const before = this.#points.get(second);
    const lag = lagMs ?? before?.[1];
    const rate = perSecond || (before?.[0] ?? 0);
    this.#points.set(second, lag === undefined ? [rate] : [rate, lag]);
  }

  /** Events a second that became searchable, in the last ten seconds. */
  get rate(): number {
    const last = this.#known.at(-1);
    const first = last && this.#known.find(({ atMs }) => last.atMs - atMs <= RATE_MS);
    return first && last.atMs > first.atMs ? perSecond(first, last) : 0;
  }

  get history(): LaneHistory {
    return Object.fromEntries(this.#points);
  }
}

const rateOf = (before: Counted | undefined, { atMs, indexed }: Counted): number =>
  before?.indexed === undefined || indexed === undefined || atMs <= before.atMs
    ? 0
    : perSecond({ atMs: before.atMs, indexed: before.indexed }, { atMs, indexed });

/** Documents that are deleted are no events. */
const perSecond = (a: Known, b: Known): number =>
  Math.round(Math.max(0, ((b.indexed - a.indexed) * 1_000) / (b.atMs - a.atMs)) * 10) / 10;
