import { useEffect, useRef, useState } from "preact/hooks";
import { rowKey } from "../../shared/merge-rows";
import { isOver } from "../../shared/page-state";
import { isMoving } from "../../shared/search-times";
import { queryOfView, type SearchView, viewOfQuery } from "../../shared/search-view";
import type { SectionProps } from "../section";
import { EventDetails } from "./event-details";
import { EventList } from "./event-list";
import { FieldFilters, Filters } from "./filters";
import { FoundHeader } from "./found-header";
import { Histogram } from "./histogram";
import { SearchNotes } from "./search-notes";
import "./search.css";
import "uplot/dist/uPlot.min.css";
import { SearchForm } from "./search-form";
import { useKeys } from "./use-keys";
import { useSearch } from "./use-search";

/** How often a live search is repeated, in milliseconds. */
const LIVE_MS = 3_000;

const LIVE_OVER = "Live has ended with the pipeline: below is what was found last.";
const LIVE_WAITS = "Live waits until the pipeline answers again: below is what was found last.";

/** Finds events; its address holds all that it shows. */
export function SearchBody({ state: { phase }, isAnswering, query, setQuery }: SectionProps) {
  const view = viewOfQuery(query.toString());
  const input = useRef<HTMLInputElement>(null);
  const [round, setRound] = useState(0);
  const again = () => setRound((last) => last + 1);
  // Once more when the pipeline has come up, but not when it has ended.
  const found = useSearch(view, `${round} ${phase === "starting"}`);
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

  // After the answer: a slow engine would never come to one.
  const isLive = view.isLive && isMoving(view);
  const isDue = isLive && isAnswering && !isLoading;
  useEffect(() => {
    if (!isDue) return;
    const timer = setInterval(() => document.hidden || again(), LIVE_MS);
    return () => clearInterval(timer);
  }, [isDue, answer]);

  const { event } = view;
  const details = event && <EventDetails key={rowKey(event)} view={view} place={event} change={change} />;
  return (
    <div class="search">
      <SearchForm {...{ view, input, isLoading, change, again }} />
      <FieldFilters view={view} change={change} />
      <SearchNotes
        error={error}
        notes={[...(isLive && !isAnswering ? [isOver(phase) ? LIVE_OVER : LIVE_WAITS] : []), ...(answer?.notes ?? [])]}
      />
      <div class="search-body">
        <Filters view={view} summary={answer?.summary} change={change} />
        <section class="search-found" aria-label="Events" aria-busy={isLoading}>
          {answer?.summary && (
            <Histogram
              {...{ summary: answer.summary, period: answer.period }}
              onZoom={({ from, to }) =>
                change({ from: new Date(from).toISOString(), to: new Date(to).toISOString(), isLive: false })
              }
            />
          )}
          {(answer || isLoading) && <FoundHeader {...{ view, found, change }} />}
          <EventList {...{ view, found, details, change }} />
        </section>
      </div>
    </div>
  );
}
