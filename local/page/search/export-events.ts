import type { EventCursor } from "../shared/search-answers";
import type { EventSearch } from "../shared/search-view";
import { conditionsOf } from "./conditions";
import { type EngineSearch, EngineSearchError, patientSearch } from "./engine-search";
import { searchPeriod } from "./find-events";
import { fewerIfTooLarge, inMessagesIfTooMuch } from "./found-hits";
import type { RawHit } from "./hits";
import type { IndexFields } from "./index-fields";
import { pageBody } from "./search-body";

/** What a page of events may take in memory, about; of one that is larger, the next is smaller. */
const PAGE_CHARACTERS = 4 * 1024 * 1024;

/** Below index.max_result_window, whose default is 10,000. */
const MAX_ROWS = 5_000;

/** Not known yet how large events are: 100 of the longest message are 100 MB. */
const FIRST_ROWS = 100;

/**
 * Yields all events that a search finds as lines of JSON, the latest first, each with `_index`, `_id` and `_source` as the engine
 * wrote it. Memory is that of one page.
 *
 * An event that could be found when the export began is in it once: documents do not change, and each page begins where the one
 * before it ended, by an order that stays. That needs no point in time, which engines before Elasticsearch 7.10 and OpenSearch 2.4
 * lack.
 *
 * @param now in milliseconds since the epoch
 * @throws SearchRequestError, EngineSearchError
 */
export async function* exportedEvents(
  engine: EngineSearch,
  fields: () => Promise<IndexFields>,
  search: EventSearch,
  now: number,
  signal?: AbortSignal,
): AsyncGenerator<string> {
  const period = searchPeriod(search, now);
  const { groups } = await fields();
  const patient = patientSearch(engine);
  let after: EventCursor | undefined;
  let size = FIRST_ROWS;
  let last = new Set<string>();
  for (;;) {
    const { hits, missing, ...asked } = await fewerIfTooLarge(size, (rows) =>
      inMessagesIfTooMuch(
        (textFields) => conditionsOf(search, period, groups, textFields),
        (conditions) => patient.ask("_search", pageBody(conditions, after, rows), signal),
      ),
    );
    // A file that ends early would look complete.
    if (missing.length > 0) throw new EngineSearchError(`The export is not complete. ${missing.join(" ")}`);
    let [rows, characters] = [0, 0];
    for (const hit of hits) {
      if (last.has(placeOf(hit))) continue;
      const line = `{"_index":${JSON.stringify(hit.index)},"_id":${JSON.stringify(hit.id)},"_source":${oneLineJson(hit.source)}}\n`;
      rows++;
      characters += line.length;
      yield line;
    }
    if (hits.length < asked.size) return;
    if (rows === 0 && asked.size === MAX_ROWS) {
      throw new EngineSearchError(
        "The export is not complete: the search engine finds the same events again and again.",
      );
    }
    after = hits.at(-1)!.cursor;
    last = new Set(hits.filter(({ cursor }) => String(cursor) === String(after)).map(placeOf));
    size = Math.min(MAX_ROWS, Math.max(FIRST_ROWS / 10, rowsThatFit(rows, characters)));
  }
}

/** Of a page without a new event, where many shards have one of the same place, the next is the largest. */
const rowsThatFit = (rows: number, characters: number): number =>
  rows === 0 ? MAX_ROWS : Math.floor((PAGE_CHARACTERS * rows) / characters);

const placeOf = ({ index, id }: RawHit): string => JSON.stringify([index, id]);

/** Between values, JSON may have line feeds; in its texts they are escaped. */
const oneLineJson = (json: string): string => json.replace(/[\r\n]+/g, "");
