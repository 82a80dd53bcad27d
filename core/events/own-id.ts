import { memberOf, parsedObject } from "../json/object";

/** A ULID in its canonical form: 80 of its bits are random. Source: ulid/spec. */
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** A UUID of version 4: 122 of its bits are random. Source: RFC 9562. */
const UUID_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/**
 * Returns the `event.id` of a line that an application wrote, if nobody can guess it: who could, might write its line first, which
 * would hide this one. A line that is put again has the same id, and is found once.
 *
 * @returns undefined for a line without one, or with one of another form
 */
export function ownIdIn(message: string): string | undefined {
  // Spares parsing most lines.
  if (!message.includes('"event')) return undefined;
  const id = memberOf(parsedObject(message), "event.id");
  return typeof id === "string" && (ULID.test(id) || UUID_4.test(id)) ? id : undefined;
}
