import { useState } from "preact/hooks";
import type { OpenedEvent } from "../../shared/search-answers";
import { defaultView, queryOfView, type SearchView } from "../../shared/search-view";

interface EventActionsProps {
  readonly view: SearchView;
  readonly event: OpenedEvent;
  readonly isArchiveShown: boolean;
  change(change: Partial<SearchView>): void;
  showArchive(isShown: boolean): void;
}

/** How long it says that the event is copied, in milliseconds. */
const SAID_MS = 2_000;

/** Of the period that a link shows, on each side of its event, in milliseconds. */
const AROUND_MS = 60_000;

/** What can be done with an opened event. */
export function EventActions({ view, event, isArchiveShown, change, showArchive }: EventActionsProps) {
  const [said, setSaid] = useState("");
  const copy = async () => {
    const copied = navigator.clipboard.writeText(event.json);
    setSaid(
      await copied.then(
        () => "Copied",
        () => "The browser lets no page copy: select the JSON below.",
      ),
    );
    setTimeout(() => setSaid(""), SAID_MS);
  };
  return (
    <div class="search-actions">
      <button type="button" onClick={() => change({ isAround: !view.isAround })}>
        {view.isAround ? "Back to what was found" : "Surrounding events"}
      </button>
      <button type="button" aria-expanded={isArchiveShown} onClick={() => showArchive(!isArchiveShown)}>
        Object in the archive
      </button>
      <button type="button" data-copy aria-keyshortcuts="c" onClick={copy}>
        Copy JSON
      </button>
      {/* Of the page's own; what it names is only a part of the query. */}
      <a href={`#/search?${linkQuery(event, view)}`}>Link to this event</a>
      <span class="quiet" role="status">
        {said}
      </span>
    </div>
  );
}

/** A query that finds the event however late somebody follows it. */
function linkQuery({ row }: OpenedEvent, { columns }: SearchView): string {
  const ms = Date.parse(row.time);
  const time = (shiftMs: number) => new Date(ms + shiftMs).toISOString();
  return queryOfView({
    ...{ ...defaultView(), columns, event: { index: row.index, id: row.id } },
    // A time that JavaScript does not know has no period.
    ...(Math.abs(ms) < 8e15 && { from: time(-AROUND_MS), to: time(AROUND_MS) }),
  });
}
