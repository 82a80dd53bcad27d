import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import { MAX_SEARCH_TEXT } from "../../shared/search-choices";
import { isMoving, periodOf } from "../../shared/search-times";
import type { SearchView } from "../../shared/search-view";
import { PERIODS } from "./times";

interface SearchFormProps {
  readonly view: SearchView;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly isLoading: boolean;
  change(change: Partial<SearchView>): void;
  /** Looks again for the same. */
  again(): void;
}

const CUSTOM = "custom";

/** What to look for and when. */
export function SearchForm({ view, input, isLoading, change, again }: SearchFormProps) {
  const [text, setText] = useState(view.text);
  // Back and forward.
  useEffect(() => setText(view.text), [view.text]);
  const period = view.to === "now" && PERIODS.some(([from]) => from === view.from) ? view.from : CUSTOM;
  return (
    <search>
      <form
        class="search-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (text === view.text) again();
          else change({ text });
        }}
      >
        <input
          {...{ ref: input, type: "search", value: text, maxLength: MAX_SEARCH_TEXT }}
          {...{ "aria-label": "Search for", placeholder: "Words, “a phrase”, -without, begin*", spellcheck: false }}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
        <select
          aria-label="Period"
          value={period}
          onChange={({ currentTarget: { value } }) =>
            change(value === CUSTOM ? absoluteNow(view) : { from: value, to: "now" })
          }
        >
          {PERIODS.map(([from, title]) => (
            <option key={from} value={from}>
              {title}
            </option>
          ))}
          <option value={CUSTOM}>From … to …</option>
        </select>
        <button type="submit" class="primary" aria-busy={isLoading}>
          Search
        </button>
        <label class="search-live">
          <input
            {...{ type: "checkbox", checked: view.isLive, disabled: !isMoving(view) }}
            onChange={({ currentTarget: { checked } }) => change({ isLive: checked })}
          />
          Live
        </label>
        {period === CUSTOM && (
          <div class="search-period">
            <TimeInput title="From" value={view.from} onValue={(from) => change({ from })} />
            <TimeInput title="to" value={view.to} onValue={(to) => change({ to })} />
            <span class="quiet">UTC, or now-90m</span>
          </div>
        )}
      </form>
    </search>
  );
}

interface TimeInputProps {
  readonly title: string;
  readonly value: string;
  onValue(value: string): void;
}

const TimeInput = ({ title, value, onValue }: TimeInputProps) => (
  <label>
    {title}{" "}
    <input
      {...{ type: "text", value, size: 24, spellcheck: false }}
      onChange={({ currentTarget }) => onValue(currentTarget.value.trim())}
    />
  </label>
);

/** The period of the view as it is now, to be changed by hand. */
function absoluteNow(view: SearchView): Partial<SearchView> {
  const now = periodOf(view, Date.now());
  if ("errors" in now) return {};
  const [from, to] = [now.period.from, now.period.to].map((ms) => new Date(ms).toISOString());
  return { from: from!, to: to!, isLive: false };
}
