import { parseTime, TIME_FORM } from "../../tools/usage/time";

/** Source: OpenSearch "Date format", "Date math"; without rounding. */
const DATE_MATH = /^now([+-]\d{1,6}[yMwdhms])*$/;

/** A time of a search: date math stays as it is, all else becomes ISO 8601 with milliseconds. */
export const linkTimeValue = {
  allowed: `now, now-15m and the like, or ${TIME_FORM}`,
  parse(given: string): string | undefined {
    if (DATE_MATH.test(given)) return given;
    const ms = parseTime(given);
    return ms === undefined ? undefined : new Date(ms).toISOString();
  },
};
