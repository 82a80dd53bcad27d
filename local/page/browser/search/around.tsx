import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { SurroundingEvents } from "../../shared/search-answers";
import { defaultView, type HitPlace, queryOfView, type SearchView } from "../../shared/search-view";
import { visibleText } from "../ui/visible-text";
import { Results } from "./results";
import { useAnswer } from "./use-answer";

interface AroundProps {
  readonly view: SearchView;
  readonly place: HitPlace;
  /** Of the event itself. */
  readonly details: ComponentChildren;
  onClose(): void;
}

const SIZES = [10, 50, 200, 500];

/** The neighbours of an event in its log stream, in the order of time. */
export function Around({ view, place, details, onClose }: AroundProps) {
  const [step, setStep] = useState(0);
  const query = new URLSearchParams(queryOfView({ ...defaultView(), event: place, columns: view.columns }));
  query.set("size", String(SIZES[step]));
  const { answer, error } = useAnswer<SurroundingEvents>("api/search/around", query);
  if (error) return <p role="alert">{error}</p>;
  if (!answer) return <p class="quiet">Loading the surrounding events …</p>;
  const { before, event, after, hasEarlier, hasLater, notes } = answer;
  const isMore = (hasEarlier || hasLater) && step < SIZES.length - 1;
  return (
    <>
      <p class="quiet wrap">
        Around this event in {visibleText(event.stream)} of {visibleText(event.group)}, the earliest first.
      </p>
      {notes.map((note) => (
        <p key={note} class="panel search-problem" role="status">
          {note}
        </p>
      ))}
      {isMore && (
        <button type="button" onClick={() => setStep(step + 1)}>
          Show more before and after
        </button>
      )}
      <Results
        {...{ title: "Surrounding events, the earliest first", rows: [...before, event, ...after] }}
        {...{ columns: view.columns, opened: place, center: place, details }}
        onToggle={onClose}
      />
    </>
  );
}
