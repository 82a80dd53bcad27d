/** The levels that can be chosen, the least severe first, and how the histogram counts them. */
export const SEARCH_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal"] as const;

/** The classes of HTTP statuses that can be chosen. */
export const STATUS_CLASSES = ["2xx", "3xx", "4xx", "5xx"] as const;

/** A class, or one status. */
export const STATUS_FORM = /^[1-5](?:xx|\d\d)$/;

/** Of free text, in UTF-16 code units: engines limit the words of a query. */
export const MAX_SEARCH_TEXT = 1_000;

/** Of free text: each is looked for in every field, 300 of them for ten seconds. */
export const MAX_SEARCH_WORDS = 50;
