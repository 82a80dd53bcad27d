import { DAY_MS, HOUR_MS } from "../../../core/events/durations";
import { MAX_LATE_HOURS } from "../../../replay/arguments/kinds";
import type { ReplayOffer } from "../shared/quarantine";
import { hourOfKey } from "./place";
import type { KnownPlace } from "./store";
import { earliest, latest } from "./tallies";

/** Kinds that `npm run replay` reads. */
export const REPLAYED_KINDS = ["rejected", "dead-letter", "undelivered", "access-logs"] as const;

/** What an object says of a time long ago or to come is no reason for a replay of years: a request for each of its hours. */
const MAX_AWAY_MS = 400 * DAY_MS;

/** As long as Lambda may keep a batch before it gives up, which a replay adds itself. */
const UNDELIVERED_AGE_MS = 7 * DAY_MS;

export interface ReplayRange extends ReplayOffer {
  /** `--late-hours`: 1 to 360. */
  readonly lateHours: number;
}

/** Returns the range of times that a replay of these places takes. @returns undefined: there is nothing to be replayed */
export function replayRange(
  places: readonly Pick<KnownPlace, "place" | "objects">[],
  origin: string | undefined,
  now = Date.now(),
): ReplayRange | undefined {
  const isUsual = (ms: number | undefined) => ms !== undefined && Math.abs(ms - now) < MAX_AWAY_MS;
  let [from, to, hour]: (number | undefined)[] = [];
  for (const { place, objects } of places) {
    if (!(REPLAYED_KINDS as readonly string[]).includes(place.kind)) continue;
    const isOneOrigin = hasLogGroups(place.kind) && origin !== undefined;
    for (const object of objects) {
      for (const tally of object.tallies) {
        if (isOneOrigin && tally.origin !== origin) continue;
        if (!isUsual(tally.from) || !isUsual(tally.to)) continue;
        from = earliest(from, tally.from);
        to = latest(to, tally.to);
        const arrived = hourOfKey(object.key);
        hour = latest(
          hour,
          arrived !== undefined && place.kind === "undelivered" ? arrived - UNDELIVERED_AGE_MS : arrived,
        );
      }
    }
  }
  if (from === undefined || to === undefined) return undefined;
  // Whole hours are easier to read; `--to` is not included.
  const end = Math.floor(to / HOUR_MS) * HOUR_MS + HOUR_MS;
  const late = Math.ceil(((hour ?? 0) + 1 - end) / HOUR_MS);
  return {
    from: hourText(Math.floor(from / HOUR_MS) * HOUR_MS),
    to: hourText(end),
    lateHours: Math.min(MAX_LATE_HOURS, Math.max(1, late)),
  };
}

/**
 * Returns the time fields of the streams whose records a replay of these places takes, each once. Records of CloudWatch Logs have
 * their times; those of applications have their stream for a log group.
 */
export function replayedTimeFields(
  places: readonly Pick<KnownPlace, "place" | "objects">[],
  origin: string | undefined,
): string[] {
  const fields = new Set<string>();
  for (const { place, objects } of places) {
    const isOneOrigin = hasLogGroups(place.kind) && origin !== undefined;
    for (const { tallies } of objects) {
      // What comes with it is replayed, too.
      if (isOneOrigin && !tallies.some((tally) => tally.origin === origin)) continue;
      for (const tally of tallies) {
        const field = place.timeFields?.get(tally.origin);
        if (field !== undefined) fields.add(field);
      }
    }
  }
  return [...fields];
}

/** Whether a replay of this kind can be of one log group. */
export const hasLogGroups = (kind: string): boolean => kind === "rejected" || kind === "undelivered";

const hourText = (ms: number): string => `${new Date(ms).toISOString().slice(0, "YYYY-MM-DDTHH".length)}`;
