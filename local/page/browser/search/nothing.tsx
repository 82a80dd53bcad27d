import type { SearchView } from "../../shared/search-view";
import { nearLatest } from "./times";

interface NothingProps {
  readonly view: SearchView;
  /** Of the latest event of any time that the words and filters find, in milliseconds since the epoch. */
  readonly latest: number | undefined;
  change(change: Partial<SearchView>): void;
}

/** Without words and filters. */
const UNFILTERED = { text: "", groups: [], levels: [], statuses: [], filters: [] };

/** What to do where nothing is found. */
export function Nothing({ view, latest, change }: NothingProps) {
  const isFiltered = Object.keys(UNFILTERED).some((name) => view[name as keyof typeof UNFILTERED].length > 0);
  const by = isFiltered ? " by these words and filters" : "";
  const near = latest === undefined ? undefined : nearLatest(latest);
  return (
    <div class="panel search-nothing">
      <p>Nothing was found in this period{by}.</p>
      {near === undefined ? (
        <p class="quiet">Nor in any other. Events can be found about a second after they were delivered.</p>
      ) : (
        <p class="quiet">
          The latest event that is found{by} is of {near.title}.
        </p>
      )}
      <div class="search-actions">
        {near?.period && (
          <button type="button" onClick={() => change(near.period)}>
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
