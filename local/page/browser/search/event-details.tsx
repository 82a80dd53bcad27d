import { useState } from "preact/hooks";
import { indentedJson } from "../../shared/indented-json";
import type { OpenedEvent } from "../../shared/search-answers";
import type { HitPlace, SearchView } from "../../shared/search-view";
import { visibleText } from "../ui/visible-text";
import { ArchiveLink } from "./archive-link";
import { EventActions } from "./event-actions";
import { EventFields } from "./event-fields";
import { LongText } from "./long-text";
import { placeQuery, useAnswer } from "./use-answer";

interface EventDetailsProps {
  readonly view: SearchView;
  readonly place: HitPlace;
  change(change: Partial<SearchView>): void;
}

/** All fields of an event, and where else it is. */
export function EventDetails({ view, place, change }: EventDetailsProps) {
  const { answer, error } = useAnswer<OpenedEvent>("api/search/event", placeQuery(place));
  const [isArchiveShown, showArchive] = useState(false);
  if (error) return <p role="alert">{error}</p>;
  if (!answer) return <p class="quiet">Loading the event …</p>;
  return (
    <div class="search-details">
      <EventActions {...{ view, event: answer, isArchiveShown, change, showArchive }} />
      {isArchiveShown && <ArchiveLink place={place} />}
      <EventFields {...{ view, fields: answer.fields, change }} />
      <details>
        <summary>JSON</summary>
        <pre class="search-value">
          <LongText text={indentedJson(answer.json)} />
        </pre>
      </details>
      <p class="quiet wrap">
        {visibleText(place.index)} / {visibleText(place.id)}
      </p>
    </div>
  );
}
