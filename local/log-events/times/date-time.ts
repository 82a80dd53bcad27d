/** A time that a line holds. */
export interface OwnTime {
  /** Milliseconds since the epoch. */
  readonly ms: number;
  /** Whether the line says what its time's distance from UTC is; else it was taken for UTC. */
  readonly isZoned: boolean;
}

/**
 * @param date `2026-11-26`
 * @param time `10:00` or `10:00:00`
 * @param fraction digits of a second, of which milliseconds count
 * @param zone `Z`, `UTC`, `GMT`, or an offset such as `+01`, `+0100` or `+01:00`; undefined: UTC
 * @returns undefined for what no calendar or clock shows
 */
export function dateTime(date: string, time: string, fraction = "", zone?: string): OwnTime | undefined {
  const seconds = `${time.padEnd(8, ":00")}.${fraction.slice(0, 3).padEnd(3, "0")}`;
  const ms = Date.parse(`${date}T${seconds}${offset(zone)}`);
  // Date.parse takes 30 February for 2 March.
  const isDay = new Date(`${date}T00:00Z`).toJSON()?.startsWith(date);
  return Number.isNaN(ms) || !isDay ? undefined : { ms, isZoned: zone !== undefined };
}

function offset(zone: string | undefined): string {
  const digits = /^([+-]\d\d):?(\d\d)?$/.exec(zone ?? "");
  return digits ? `${digits[1]}:${digits[2] ?? "00"}` : "Z";
}
