import { useState } from "preact/hooks";
import type { EventField } from "../../shared/search-answers";
import type { SearchView } from "../../shared/search-view";
import { integerText } from "../ui/format";
import { visibleText } from "../ui/visible-text";
import { LongText } from "./long-text";

interface EventFieldsProps {
  readonly view: SearchView;
  readonly fields: readonly EventField[];
  change(change: Partial<SearchView>): void;
}

/** Without being asked for more: a table of thousands takes seconds. */
const SHOWN_FIELDS = 200;

/** Longer values make no filter. */
const MAX_FILTER_CHARACTERS = 300;

/** Fields of an event, each to be a filter or a column. */
export function EventFields({ view, fields, change }: EventFieldsProps) {
  const [isAll, showAll] = useState(false);
  const { columns, filters } = view;
  const more = isAll ? 0 : fields.length - SHOWN_FIELDS;
  const toggleColumn = (name: string) =>
    change({ columns: columns.includes(name) ? columns.filter((column) => column !== name) : [...columns, name] });
  return (
    <>
      <FieldKey />
      <dl class="search-fields">
        {fields.slice(0, isAll ? undefined : SHOWN_FIELDS).map((field) => (
          <div key={field.name}>
            <dt>
              <span class="wrap">{visibleText(field.name)}</span>
              <FieldActions
                {...{ field, isColumn: columns.includes(field.name) }}
                onFilter={(isExcluded) =>
                  change({
                    filters: [...filters, { field: field.name, value: field.value, isExcluded }],
                    isAround: false,
                  })
                }
                onColumn={() => toggleColumn(field.name)}
              />
            </dt>
            <dd class="search-value">
              <LongText text={field.value} />
            </dd>
          </div>
        ))}
      </dl>
      {more > 0 && (
        <button type="button" onClick={() => showAll(true)}>
          Show {integerText(more)} more fields
        </button>
      )}
    </>
  );
}

const SIGNS = { only: "+", without: "−", column: "▥" } as const;

/** What the signs before the fields do, for who sees them: the buttons are named for who does not. */
const FieldKey = () => (
  <p class="search-field-key quiet" aria-hidden="true">
    <span>
      <b>{SIGNS.only}</b> only events with this value
    </span>
    <span>
      <b>{SIGNS.without}</b> only events without it
    </span>
    <span>
      <b>{SIGNS.column}</b> the field as a column
    </span>
  </p>
);

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
  const button = (sign: string, title: string, onClick: () => void, isPressed?: boolean) => (
    <button type="button" aria-label={title} title={title} aria-pressed={isPressed} onClick={onClick}>
      {sign}
    </button>
  );
  return (
    <span class="search-field-actions">
      {isFilter && button(SIGNS.only, `Only events with this ${name}`, () => onFilter(false))}
      {isFilter && button(SIGNS.without, `Only events without this ${name}`, () => onFilter(true))}
      {field.name !== "@timestamp" && button(SIGNS.column, `Column ${name}`, onColumn, isColumn)}
    </span>
  );
}
