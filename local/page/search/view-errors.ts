import { MAX_SEARCH_TEXT, MAX_SEARCH_WORDS, STATUS_FORM } from "../shared/search-choices";
import type { EventSearch } from "../shared/search-view";

/** Choices of one kind; a query has a limit of its own. */
const MAX_CHOICES = 50;
const MAX_NAME = 512;
const MAX_FILTER_VALUE = 1_000;

/** Thrown for a request that no engine is asked about; the messages say what is allowed. */
export class SearchRequestError extends Error {
  override readonly name = "SearchRequestError";
  constructor(readonly errors: readonly string[]) {
    super(errors.join("\n"));
  }
}

/** Returns what is wrong with a search beside its times, as sentences. */
export function searchErrors({ text, groups, levels, statuses, filters }: Omit<EventSearch, "from" | "to">): string[] {
  const wrong = statuses.filter((status) => !STATUS_FORM.test(status));
  const words = text.split(/\s+/).filter((word) => word !== "").length;
  const lists = { group: groups, level: levels, status: statuses, filter: filters };
  const names = [...groups, ...levels, ...filters.map(({ field }) => field)];
  return [
    ...(text.length > MAX_SEARCH_TEXT
      ? [`The text has ${text.length} characters. Allowed: up to ${MAX_SEARCH_TEXT}.`]
      : []),
    ...(words > MAX_SEARCH_WORDS ? [`The text has ${words} words. Allowed: up to ${MAX_SEARCH_WORDS}.`] : []),
    ...wrong.map(
      (status) => `status is ${JSON.stringify(status)}. Allowed: 2xx, 3xx, 4xx, 5xx or a status such as 404.`,
    ),
    ...Object.entries(lists)
      .filter(([, values]) => values.length > MAX_CHOICES)
      .map(([name, { length }]) => `${name} is given ${length} times. Allowed: up to ${MAX_CHOICES}.`),
    ...(names.some(({ length }) => length > MAX_NAME) ? [`A name is too long. Allowed: ${MAX_NAME} characters.`] : []),
    ...(filters.some(({ value }) => value.length > MAX_FILTER_VALUE)
      ? [`The value of a filter is too long. Allowed: ${MAX_FILTER_VALUE} characters.`]
      : []),
  ];
}
