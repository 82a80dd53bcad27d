import { useEffect, useRef, useState } from "preact/hooks";
import { isMoving } from "../../shared/search-times";
import { queryOfView, type SearchView, viewOfQuery } from "../../shared/search-view";
import type { SectionProps } from "../section";
import { integer } from "../ui/format";
import { Around } from "./around";
import { ColumnsMenu } from "./columns-menu";
import { EventDetails } from "./event-details";
import { FieldFilters, Filters } from "./filters";
import { Histogram } from "./histogram";
import "./search.css";
import "uplot/dist/uPlot.min.css";
import { Results } from "./results";
import { SearchForm } from "./search-form";
import { useKeys } from "./use-keys";
import { askedQuery, useSearch } from "./use-search";

/** How often a live search is repeated, in milliseconds. */
const LIVE_MS = 3_000;

/** Finds events; its address holds all that it shows. */
export function Search({ state, query, setQuery }: SectionProps) {
  const view = viewOfQuery(query.toString());
  const input = useRef<HTMLInputElement>(null);
  const [round, setRound] = useState(0);
  const again = () => setRound((last) => last + 1);
  const found = useSearch(view, `${round} ${state.phase === "starting"}`);
  const { answer, error, isLoading } = found;

  // What is opened is no other search: the Back button goes to the search before.
  const change = (changed: Partial<SearchView>) => {
    const isStep = Object.keys(changed).some((name) => name !== "event");
    const isOther = isStep && !("isAround" in changed) && !("columns" in changed) && !("isLive" in changed);
    const next = { ...view, ...(isOther && { event: undefined, isAround: false }), ...changed };
    setQuery(new URLSearchParams(queryOfView(next)), isStep);
  };
  const close = () => change({ event: undefined, isAround: false });
  useKeys({ input, isOpen: view.event !== undefined, close });

  const isLive = view.isLive && isMoving(view);
  useEffect(() => {
    if (!isLive) return;
    const timer = setInterval(() => document.hidden || again(), LIVE_MS);
    return () => clearInterval(timer);
  }, [isLive]);

  const details = view.event && <EventDetails view={view} place={view.event} change={change} />;
  const table = { columns: view.columns, opened: view.event, details };
  const summary = answer?.summary;
  return (
    <div class="search">
      <SearchForm {...{ view, input, isLoading, change, again }} />
      <FieldFilters view={view} change={change} />
      {error && (
        <div class="panel problem" role="alert">
          {error.split("\n").map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      )}
      {answer?.notes.map((note) => (
        <p key={note} class="panel" role="status">
          {note}
        </p>
      ))}
      <div class="search-body">
        <Filters view={view} summary={summary} change={change} />
        <section class={`found ${isLoading ? "loading" : ""}`} aria-label="Events" aria-busy={isLoading}>
          {summary && (
            <Histogram
              {...{ summary, period: answer.period }}
              onZoom={({ from, to }) =>
                change({ from: new Date(from).toISOString(), to: new Date(to).toISOString(), isLive: false })
              }
            />
          )}
          <div class="found-line">
            <h2 aria-live="polite">{titleOf(summary?.total, isLoading, error)}</h2>
            <span class="found-actions">
              <ColumnsMenu view={view} change={change} />
              {summary !== undefined && summary.total > 0 && (
                <a href={`api/search/export?${askedQuery(view)}`} download>
                  Export as NDJSON
                </a>
              )}
            </span>
          </div>
          {view.isAround && view.event ? (
            <Around {...{ view, place: view.event, details }} onClose={() => change({ isAround: false })} />
          ) : (
            <>
              {answer && answer.rows.length > 0 && (
                <Results
                  {...table}
                  title="Events, the latest first"
                  rows={answer.rows}
                  onToggle={({ index, id }) =>
                    change({ event: view.event?.id === id && view.event.index === index ? undefined : { index, id } })
                  }
                />
              )}
              {answer?.next && (
                <button type="button" disabled={isLoading} onClick={found.more}>
                  Show earlier events
                </button>
              )}
              {summary?.total === 0 && <Nothing view={view} change={change} />}
            </>
          )}
        </section>
      </div>
    </div>
  );
}

function titleOf(total: number | undefined, isLoading: boolean, error: string | undefined): string {
  if (total === undefined) return isLoading && error === undefined ? "Searching …" : "No events";
  return total === 1 ? "1 event" : `${integer(total)} events`;
}

/** What to do where nothing is found. */
function Nothing({ view, change }: { readonly view: SearchView; change(change: Partial<SearchView>): void }) {
  const isNarrow =
    view.text !== "" || [view.groups, view.levels, view.statuses, view.filters].some((all) => all.length > 0);
  return (
    <div class="panel nothing">
      <p>Nothing was found in this period{isNarrow ? " by these words and filters" : ""}.</p>
      <p class="quiet">Events can be found about a second after they were delivered.</p>
      <div class="actions">
        {isNarrow && (
          <button type="button" onClick={() => change({ text: "", groups: [], levels: [], statuses: [], filters: [] })}>
            All events of the period
          </button>
        )}
        <button type="button" onClick={() => change({ from: "now-1d", to: "now" })}>
          The last 24 hours
        </button>
        <button type="button" onClick={() => change({ from: "now-14d", to: "now" })}>
          The last 14 days
        </button>
      </div>
    </div>
  );
}
