import { useEffect, useState } from "preact/hooks";
import { DEFAULT_COLUMNS, type SearchView } from "../../shared/search-view";
import { getJson } from "../ui/api";
import { integerText } from "../ui/format";
import { visibleText } from "../ui/visible-text";

interface ColumnsMenuProps {
  readonly view: SearchView;
  change(change: Partial<SearchView>): void;
}

/** Fields that are offered at once. */
const MANY = 200;

/** The columns of the table, each to be left out, and fields to add. */
export function ColumnsMenu({ view: { columns }, change }: ColumnsMenuProps) {
  const [isOpen, setOpen] = useState(false);
  const [names, setNames] = useState<readonly string[]>([]);
  const [error, setError] = useState("");
  const [word, setWord] = useState("");
  useEffect(() => {
    if (!isOpen) return;
    setError("");
    getJson<string[]>("api/search/fields", new URLSearchParams()).then(setNames, ({ message }) => setError(message));
  }, [isOpen]);
  const shown = [...columns, ...names.filter((name) => !columns.includes(name) && name !== "@timestamp")].filter(
    (name) => name.toLowerCase().includes(word.toLowerCase()),
  );
  return (
    <details class="search-menu" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Columns</summary>
      <div class="search-menu-list">
        <input
          {...{ type: "search", value: word, "aria-label": "Field", placeholder: "Field" }}
          onInput={({ currentTarget }) => setWord(currentTarget.value)}
        />
        {error && <p role="alert">{error}</p>}
        {shown.slice(0, MANY).map((name) => (
          <label key={name} class="search-choice">
            <input
              {...{ type: "checkbox", checked: columns.includes(name) }}
              onChange={({ currentTarget: { checked } }) =>
                change({ columns: checked ? [...columns, name] : columns.filter((other) => other !== name) })
              }
            />
            <span class="search-name">{visibleText(name)}</span>
          </label>
        ))}
        {shown.length > MANY && <p class="quiet">{integerText(shown.length - MANY)} more: type a part of the name.</p>}
        <button type="button" onClick={() => change({ columns: DEFAULT_COLUMNS })}>
          As at first
        </button>
      </div>
    </details>
  );
}
