/** A time that a text contains. */
export interface OwnTime {
  /** Milliseconds since the epoch. */
  readonly ms: number;
  /** Whether the text has an offset from UTC; without one, UTC is assumed. */
  readonly isZoned: boolean;
}

/**
 * Parses the parts of a date and time.
 *
 * @param date `2026-11-26`
 * @param time `10:00` or `10:00:00`
 * @param fraction digits of a second, truncated to milliseconds
 * @param zone `Z`, `UTC`, `GMT`, or an offset such as `+01`, `+0100` or `+01:00`; undefined: UTC
 * @returns undefined for an invalid date or time
 */
export function dateTime(date: string, time: string, fraction = "", zone?: string): OwnTime | undefined {
  const seconds = `${time.padEnd(8, ":00")}.${fraction.slice(0, 3).padEnd(3, "0")}`;
  const ms = Date.parse(`${date}T${seconds}${offset(zone)}`);
  // Date.parse reads 30 February as 2 March.
  const isDay = date.slice(8) <= "28" || new Date(`${date}T00:00Z`).toJSON()?.startsWith(date);
  return Number.isNaN(ms) || !isDay ? undefined : { ms, isZoned: zone !== undefined };
}

function offset(zone: string | undefined): string {
  const digits = /^([+-]\d\d):?(\d\d)?$/.exec(zone ?? "");
  return digits ? `${digits[1]}:${digits[2] ?? "00"}` : "Z";
}
