const TIME =
  /^(?<date>\d{4}-\d{2}-\d{2})(?:T(?<hour>\d{2})(?::(?<minute>\d{2})(?::(?<second>\d{2}))?)?(?<zone>Z|[+-]\d{2}:\d{2})?)?$/;

/** The format that `parseTime` accepts, for errors and --help. */
export const TIME_FORM =
  "an ISO 8601 date or time, e.g. 2026-11-21, 2026-11-21T03:30 or 2026-11-21T03:30:00+01:00 (UTC where no zone is given)";

/**
 * Parses an ISO 8601 date (its first moment) or time, to the second; in UTC without a zone.
 *
 * @returns milliseconds since the epoch; undefined for anything else, and for a day or a time of day that does not exist
 */
export function parseTime(text: string): number | undefined {
  const groups = TIME.exec(text)?.groups;
  if (!groups) return undefined;
  const { date, hour = "00", minute = "00", second = "00", zone = "Z" } = groups;
  const local = `${date}T${hour}:${minute}:${second}`;
  const localMs = Date.parse(`${local}.000Z`);
  // Date.parse reads 30 February as 2 March, and 24:00 as the next day.
  if (Number.isNaN(localMs) || new Date(localMs).toISOString().slice(0, local.length) !== local) return undefined;
  const ms = Date.parse(`${local}.000${zone}`);
  return Number.isNaN(ms) ? undefined : ms;
}

/** Value of the options --from and --to. */
export const timeValue = { allowed: TIME_FORM, parse: parseTime };

/** Formats a time as `parseTime` accepts it. @param ms since the epoch, a whole second */
export const timeText = (ms: number): string => new Date(ms).toISOString().replace(".000", "");
