/** Begins the places of streams; no encoded log group has a "=". */
export const STREAM_PLACES = "stream=";

/**
 * Returns the part of a key, after the hour, of archived events of all log groups that share a stream: in the place of the encoded log
 * group that all events of an object have otherwise.
 *
 * @param stream a stream's name. Source: Kinesis API Reference, "CreateStream": a-z A-Z 0-9 . _ -
 */
export const streamPlace = ({ stream }: { stream: string }): string => `${STREAM_PLACES}${stream}`;

/** Returns the name of the stream that a part of a key names; undefined for an encoded log group. */
export const streamOfPlace = (place: string): string | undefined =>
  place.startsWith(STREAM_PLACES) ? place.slice(STREAM_PLACES.length) : undefined;
