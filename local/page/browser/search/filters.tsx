import { useState } from "preact/hooks";
import type { SearchSummary } from "../../shared/search-answers";
import type { FieldFilter, SearchView } from "../../shared/search-view";
import { beginningOf, visibleText } from "../ui/visible-text";
import { Choices } from "./choices";
import { useNarrow } from "./use-narrow";

interface FiltersProps {
  readonly view: SearchView;
  readonly summary: SearchSummary | undefined;
  change(change: Partial<SearchView>): void;
}

const SHOWN_CHARACTERS = 80;

/** What can be chosen, with how many events each choice would find: beside what was found, or above it in a narrow window. */
export function Filters({ view, summary, change }: FiltersProps) {
  const isNarrow = useNarrow();
  const [isOpen, setOpen] = useState(false);
  const { groups, levels, statuses } = view;
  const chosen = [...groups, ...levels, ...statuses];
  return (
    <aside aria-label="Filters">
      <details
        class="search-filters"
        open={isOpen || !isNarrow}
        onToggle={({ currentTarget }) => isNarrow && setOpen(currentTarget.open)}
      >
        <summary>Filters{chosen.length > 0 && `: ${chosen.map(visibleText).join(", ")}`}</summary>
        <div>
          <Choices
            {...{ title: "Log group", chosen: groups, values: summary?.groups }}
            onChange={(next) => change({ groups: next })}
          />
          <Choices
            {...{ title: "Level", chosen: levels, values: summary?.levels }}
            onChange={(next) => change({ levels: next })}
          />
          <Choices
            {...{ title: "HTTP status", chosen: statuses, values: summary?.statuses }}
            onChange={(next) => change({ statuses: next })}
          />
        </div>
      </details>
    </aside>
  );
}

/** The filters on fields, each to be taken back. */
export function FieldFilters({ view, change }: Pick<FiltersProps, "view" | "change">) {
  if (view.filters.length === 0) return null;
  return (
    <ul class="search-chips" aria-label="Filters on fields">
      {view.filters.map((filter) => (
        <li key={JSON.stringify(filter)}>
          <button
            type="button"
            class="search-chip"
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
