/** Of any sign and length. A year alone is a number, which engines do not take for a date. */
const YEAR = String.raw`[-+]?\d{4,}`;

/** Engines check the month and the day of a whole date in ISO 8601, not those of a part, nor after slashes. */
const ISO_DAY = String.raw`-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;

/** In both notations; they may be missing before a `T`. */
const MONTH_AND_DAY = String.raw`(?:(?=T)|${ISO_DAY}|-\d\d(?!-)|(?:\/\d\d){1,2})`;

/** Hours have two digits; a fraction is after a dot, a comma or both. */
const CLOCK = String.raw`(?:[01]\d|2[0-4])(?::[\d:.,]*)?`;

const OFFSETS = String.raw`(?: ?[-+][\d:]+)*`;

/** `Z`, `UTC+1`, `Europe/Berlin`: the alphabet of java.time.ZoneId, and an offset after it. */
const REGION = String.raw`(?:[A-Za-z][\w~/.+:-]*)?`;

/** Milliseconds since the epoch, with a dot at their end that makes them no number. */
const EPOCH_MILLIS = String.raw`[-+]?\d+\.\d*\.`;

const DATE_LIKE = new RegExp(
  `^(?:${YEAR}${MONTH_AND_DAY}(?:T(?:${CLOCK}${OFFSETS}${REGION})?|(?: (?:${CLOCK})?)?${OFFSETS} ?Z?)|${EPOCH_MILLIS})$`,
);

/**
 * Whether an engine may detect a text as a date when it is a field's first value; it then rejects every other text in that field.
 *
 * Covers the formats of dynamic date detection, `strict_date_optional_time||epoch_millis` and `yyyy/MM/dd HH:mm:ss Z||yyyy/MM/dd Z`,
 * as OpenSearch 2.19 and Elasticsearch 7.17 and 8.17 read them (DateFormatters, EpochTime, Iso8601Parser), and more. A text that goes
 * on with words, as a log line does after its time, is none.
 */
export function isDateLike(text: string): boolean {
  return mayBeDateLike(text) && DATE_LIKE.test(text);
}

const [PLUS, MINUS, DOT, ZERO, NINE] = [0x2b, 0x2d, 0x2e, 0x30, 0x39];

/** Whether the digits of a year or the dot of milliseconds are there: most numbers and addresses have neither. */
function mayBeDateLike(text: string): boolean {
  const first = text.charCodeAt(0);
  const start = first === MINUS || first === PLUS ? 1 : 0;
  for (let i = start; i < start + 4; i++) {
    const code = text.charCodeAt(i);
    if (!(code >= ZERO && code <= NINE)) return text.charCodeAt(text.length - 1) === DOT;
  }
  return true;
}
