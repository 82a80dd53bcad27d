import type { FacetValue, SearchSummary } from "../../shared/search-answers";
import type { FieldFilter, SearchView } from "../../shared/search-view";
import { integer } from "../ui/format";
import { beginningOf, visibleText } from "../ui/visible-text";

interface FiltersProps {
  readonly view: SearchView;
  readonly summary: SearchSummary | undefined;
  change(change: Partial<SearchView>): void;
}

/** Log groups that are shown without being asked for. */
const FEW = 12;
const SHOWN_CHARACTERS = 80;

/** What can be chosen, with how many events each choice would find, and the filters on fields. */
export function Filters({ view, summary, change }: FiltersProps) {
  return (
    <aside class="filters" aria-label="Filters">
      <Choices
        title="Log group"
        chosen={view.groups}
        values={summary?.groups}
        onChange={(groups) => change({ groups })}
      />
      <Choices title="Level" chosen={view.levels} values={summary?.levels} onChange={(levels) => change({ levels })} />
      <Choices
        title="HTTP status"
        chosen={view.statuses}
        values={summary?.statuses}
        onChange={(statuses) => change({ statuses })}
      />
    </aside>
  );
}

interface ChoicesProps {
  readonly title: string;
  readonly chosen: readonly string[];
  /** @default not known yet */
  readonly values: readonly FacetValue[] | undefined;
  onChange(chosen: readonly string[]): void;
}

function Choices({ title, chosen, values = [], onChange }: ChoicesProps) {
  const known = new Set(values.map(({ value }) => value));
  // What was chosen and finds nothing can be taken back.
  const all = [
    ...values.filter(({ value, count }) => count > 0 || chosen.includes(value)),
    ...chosen.filter((value) => !known.has(value)).map((value) => ({ value, count: 0 })),
  ];
  if (all.length === 0) return null;
  const choice = ({ value, count }: FacetValue) => (
    <label key={value} class="choice" title={visibleText(value)}>
      <input
        {...{ type: "checkbox", checked: chosen.includes(value) }}
        onChange={({ currentTarget: { checked } }) =>
          onChange(checked ? [...chosen, value] : chosen.filter((other) => other !== value))
        }
      />
      <span class="name">{visibleText(value)}</span>
      <span class="number quiet">{integer(count)}</span>
    </label>
  );
  return (
    <fieldset>
      <legend>{title}</legend>
      {all.slice(0, FEW).map(choice)}
      {all.length > FEW && (
        <details>
          <summary>{all.length - FEW} more</summary>
          {all.slice(FEW).map(choice)}
        </details>
      )}
    </fieldset>
  );
}

/** The filters on fields, each to be taken back. */
export function FieldFilters({ view, change }: Pick<FiltersProps, "view" | "change">) {
  if (view.filters.length === 0) return null;
  return (
    <ul class="chips" aria-label="Filters on fields">
      {view.filters.map((filter) => (
        <li key={JSON.stringify(filter)}>
          <button
            type="button"
            class="chip"
            onClick={() => change({ filters: view.filters.filter((other) => other !== filter) })}
          >
            <span class="hidden">Take back: </span>
            <span class="wrap">{filterText(filter)}</span> <span aria-hidden="true">×</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function filterText({ field, value, isExcluded }: FieldFilter): string {
  const { shown, more } = beginningOf(value, SHOWN_CHARACTERS);
  return `${isExcluded ? "not " : ""}${visibleText(field)}: ${visibleText(shown)}${more > 0 ? "…" : ""}`;
}
