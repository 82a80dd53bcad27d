import { jsonQuoted } from "./field-text";

/**
 * Fields whose texts are dates, as ECS and AWS name them: parsers write nothing else there. Any other text that is only a date, such
 * as a user agent, must not make its field one of dates.
 */
const DATE_NAME = /^(start|end|created|not_(before|after)|(.+_)?(time|timestamp|date))$/;

/** Names that count as one level and few characters: `textReason` needs to see a document that has others. */
const SMALL_NAME = /^[\w-]{1,127}$/;

export interface WrittenName {
  /** In quotes, and with a colon. */
  readonly key: string;
  /** The same after a comma. */
  readonly nextKey: string;
  readonly isDate: boolean;
  readonly isSmall: boolean;
}

/** Most names are those of the parsers' tables. The limit is for names out of messages; long ones are not kept at all. */
const MAX_WRITTEN_NAMES = 4_096;
const writtenNames = new Map<string, WrittenName>();

/** Returns what a document has of a name. */
export function writtenName(name: string): WrittenName {
  const known = writtenNames.get(name);
  if (known !== undefined) return known;
  const key = `${jsonQuoted(name)}:`;
  const written = { key, nextKey: `,${key}`, isDate: DATE_NAME.test(name), isSmall: SMALL_NAME.test(name) };
  if (written.isSmall && writtenNames.size < MAX_WRITTEN_NAMES) writtenNames.set(name, written);
  return written;
}
