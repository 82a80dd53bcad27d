import type { SearchView } from "../../shared/search-view";
import { shortTime } from "./times";

interface NothingProps {
  readonly view: SearchView;
  /** Of the latest event of any time that the words and filters find, in milliseconds since the epoch. */
  readonly latest: number | undefined;
  change(change: Partial<SearchView>): void;
}

/** Shown of the time before the latest event, in milliseconds. */
const BEFORE_MS = 15 * 60_000;

/** Without words and filters. */
const UNFILTERED = { text: "", groups: [], levels: [], statuses: [], filters: [] };

/** What to do where nothing is found. */
export function Nothing({ view, latest, change }: NothingProps) {
  const isFiltered = Object.keys(UNFILTERED).some((name) => view[name as keyof typeof UNFILTERED].length > 0);
  const by = isFiltered ? " by these words and filters" : "";
  const time = (ms: number) => new Date(ms).toISOString();
  return (
    <div class="panel search-nothing">
      <p>Nothing was found in this period{by}.</p>
      {latest === undefined ? (
        <p class="quiet">Nor in any other. Events can be found about a second after they were delivered.</p>
      ) : (
        <p class="quiet">
          The latest event that is found{by} is of {shortTime(time(latest))} UTC.
        </p>
      )}
      <div class="search-actions">
        {latest !== undefined && (
          <button type="button" onClick={() => change({ from: time(latest - BEFORE_MS), to: time(latest + 1_000) })}>
            The 15 minutes before it
          </button>
        )}
        {isFiltered && (
          <button type="button" onClick={() => change(UNFILTERED)}>
            All events of the period
          </button>
        )}
        <button type="button" onClick={() => change({ from: "now-14d", to: "now" })}>
          The last 14 days
        </button>
      </div>
    </div>
  );
}
