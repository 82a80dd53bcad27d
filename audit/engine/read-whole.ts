import { EngineMemoryError, PageTooLargeError, UnseenError } from "./unseen-error";

/** How often an index is read before it counts as unseen. */
const MAX_READINGS = 4;

/** Documents in a page after one that was too large. */
const FIRST_SMALLER_PAGE = 50;

/**
 * Reads documents of an index, again from the beginning if they could not be read to the end; fewer at a time if a page is too large,
 * or if the engine goes on having no memory for it.
 *
 * @param read reads all of them. @param maxPage maximum number of documents in a page. @default as many as fit, as a rule
 * @throws what `read` throws last
 */
export async function readWhole<T>(read: (maxPage?: number) => Promise<T>): Promise<T> {
  let maxPage: number | undefined;
  for (let readings = 1; ; readings++) {
    try {
      return await read(maxPage);
    } catch (error) {
      const isLast = readings >= MAX_READINGS;
      const isTooLarge = error instanceof PageTooLargeError || (error instanceof EngineMemoryError && isLast);
      if (isTooLarge && maxPage !== 1) {
        maxPage = maxPage === undefined ? FIRST_SMALLER_PAGE : Math.ceil(maxPage / 8);
        readings = 0;
      } else if (!(error instanceof UnseenError) || isLast) throw error;
    }
  }
}
