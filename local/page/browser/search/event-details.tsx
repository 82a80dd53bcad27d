import { useEffect, useState } from "preact/hooks";
import type { ArchivedAnswer, EventField, OpenedEvent } from "../../shared/search-answers";
import { defaultView, type HitPlace, queryOfView, type SearchView } from "../../shared/search-view";
import { getJson } from "../ui/api";
import { integer } from "../ui/format";
import { beginningOf, visibleText } from "../ui/visible-text";

interface EventDetailsProps {
  readonly view: SearchView;
  readonly place: HitPlace;
  change(change: Partial<SearchView>): void;
}

/** Of a value, without being asked for more. */
const SHOWN_CHARACTERS = 20_000;

/** Longer values make no filter. */
const MAX_FILTER_CHARACTERS = 300;

const placeQuery = (event: HitPlace): URLSearchParams => new URLSearchParams(queryOfView({ ...defaultView(), event }));

/** Loads once for each query. */
function useAnswer<T>(path: string, query: URLSearchParams | undefined): { answer?: T; error?: string } {
  const [state, setState] = useState<{ answer?: T; error?: string }>({});
  const key = query?.toString();
  useEffect(() => {
    if (!query) return;
    const controller = new AbortController();
    setState({});
    getJson<T>(path, query, controller.signal).then(
      (answer) => setState({ answer }),
      ({ message }: Error) => !controller.signal.aborted && setState({ error: message }),
    );
    return () => controller.abort();
  }, [path, key]);
  return state;
}

/** All fields of an event, and where else it is. */
export function EventDetails({ view, place, change }: EventDetailsProps) {
  const { answer, error } = useAnswer<OpenedEvent>("api/search/event", placeQuery(place));
  const [isArchiveAsked, askArchive] = useState(false);
  if (error) return <p role="alert">{error}</p>;
  if (!answer) return <p class="quiet">Loading the event …</p>;
  const filterBy = (field: EventField, isExcluded: boolean) =>
    change({ filters: [...view.filters, { field: field.name, value: field.value, isExcluded }], isAround: false });
  const toggleColumn = (name: string) =>
    change({
      columns: view.columns.includes(name) ? view.columns.filter((column) => column !== name) : [...view.columns, name],
    });
  return (
    <div class="details">
      <div class="actions">
        <button type="button" onClick={() => change({ isAround: !view.isAround })}>
          {view.isAround ? "Back to what was found" : "Surrounding events"}
        </button>
        <button type="button" aria-expanded={isArchiveAsked} onClick={() => askArchive(!isArchiveAsked)}>
          Object in the archive
        </button>
      </div>
      {isArchiveAsked && <ArchiveLink place={place} />}
      <dl class="fields">
        {answer.fields.map((field) => (
          <div key={field.name}>
            <dt>
              <span class="wrap">{visibleText(field.name)}</span>
              <FieldActions
                {...{ field, isColumn: view.columns.includes(field.name) }}
                onFilter={(isExcluded) => filterBy(field, isExcluded)}
                onColumn={() => toggleColumn(field.name)}
              />
            </dt>
            <dd class={`value ${field.kind}`}>
              <LongText text={field.value} />
            </dd>
          </div>
        ))}
      </dl>
      <details>
        <summary>JSON</summary>
        <pre class="value">
          <LongText text={answer.json} />
        </pre>
      </details>
      <p class="quiet wrap">
        {visibleText(place.index)} / {visibleText(place.id)}
      </p>
    </div>
  );
}

interface FieldActionsProps {
  readonly field: EventField;
  readonly isColumn: boolean;
  onFilter(isExcluded: boolean): void;
  onColumn(): void;
}

function FieldActions({ field, isColumn, onFilter, onColumn }: FieldActionsProps) {
  const name = visibleText(field.name);
  const isFilter =
    field.name !== "@timestamp" &&
    ["text", "number", "boolean"].includes(field.kind) &&
    field.value !== "" &&
    field.value.length <= MAX_FILTER_CHARACTERS;
  return (
    <span class="field-actions">
      {isFilter && (
        <>
          <button type="button" aria-label={`Only events with this ${name}`} onClick={() => onFilter(false)}>
            +
          </button>
          <button type="button" aria-label={`Only events without this ${name}`} onClick={() => onFilter(true)}>
            −
          </button>
        </>
      )}
      {field.name !== "@timestamp" && (
        <button type="button" aria-pressed={isColumn} aria-label={`Column ${name}`} onClick={onColumn}>
          ▥
        </button>
      )}
    </span>
  );
}

/** The beginning of a long text, and all of it for who asks. */
function LongText({ text }: { readonly text: string }) {
  const [isWhole, showWhole] = useState(false);
  const { shown, more } = isWhole ? { shown: text, more: 0 } : beginningOf(text, SHOWN_CHARACTERS);
  return (
    <>
      {visibleText(shown)}
      {more > 0 && (
        <button type="button" onClick={() => showWhole(true)}>
          Show {integer(more)} more characters
        </button>
      )}
    </>
  );
}

function ArchiveLink({ place }: { readonly place: HitPlace }) {
  const query = placeQuery(place);
  const { answer, error } = useAnswer<ArchivedAnswer>("api/search/archived", query);
  if (error) return <p role="alert">{error}</p>;
  if (!answer) return <p class="quiet">Looking for the object …</p>;
  if (!answer.object) return <p>{answer.reason}</p>;
  const { bucket, key, bytes, line } = answer.object;
  return (
    <p class="wrap">
      {/* The address is the page's own; the object's name is only shown. */}
      <a href={`api/search/object?${query}`} download>
        {visibleText(`s3://${bucket}/${key}`)}
      </a>
      {line !== undefined && `, line ${integer(line)}`}
      {bytes !== undefined && `, ${integer(bytes)} bytes`}
    </p>
  );
}
