import type { ComponentChildren } from "preact";
import { rowKey } from "../../shared/merge-rows";
import type { SearchView } from "../../shared/search-view";
import { Around } from "./around";
import { Nothing } from "./nothing";
import { Results } from "./results";
import type { SearchState } from "./use-search";

interface EventListProps {
  readonly view: SearchView;
  readonly found: SearchState;
  /** Of the event that is opened. */
  readonly details: ComponentChildren;
  change(change: Partial<SearchView>): void;
}

/** The events that were found, or those around the opened one. */
export function EventList({ view, found: { answer, isLoading, more }, details, change }: EventListProps) {
  const { event, columns, text } = view;
  if (view.isAround && event) {
    return <Around {...{ view, place: event, details }} onClose={() => change({ isAround: false })} />;
  }
  if (!answer) return event ? <Opened details={details} /> : null;
  const { rows, next, summary, latest } = answer;
  const isListed = event !== undefined && rows.some((row) => rowKey(row) === rowKey(event));
  return (
    <>
      {event && !isListed && <Opened details={details} />}
      {rows.length > 0 && (
        <Results
          {...{ title: "Events, the latest first", rows, columns, opened: event, details, text }}
          onToggle={(row) =>
            change({ event: event && rowKey(row) === rowKey(event) ? undefined : { index: row.index, id: row.id } })
          }
        />
      )}
      {next && (
        <button type="button" disabled={isLoading} onClick={more}>
          Show earlier events
        </button>
      )}
      {summary?.total === 0 && <Nothing {...{ view, latest, change }} />}
    </>
  );
}

/** An event that is not, or not any more, among those that were found. */
const Opened = ({ details }: { readonly details: ComponentChildren }) => (
  <section class="panel" aria-label="Opened event">
    {details}
  </section>
);
