import type { FacetValue } from "../../shared/search-answers";
import { integerText } from "../ui/format";
import { visibleText } from "../ui/visible-text";

interface ChoicesProps {
  readonly title: string;
  readonly chosen: readonly string[];
  /** @default not known yet */
  readonly values: readonly FacetValue[] | undefined;
  onChange(chosen: readonly string[]): void;
}

/** Shown without being asked for. */
const FEW = 12;

/** Values of one kind to choose from, with how many events each would find. */
export function Choices({ title, chosen, values = [], onChange }: ChoicesProps) {
  const known = new Set(values.map(({ value }) => value));
  // What was chosen and finds nothing can be taken back.
  const all = [
    ...values.filter(({ value, count }) => count > 0 || chosen.includes(value)),
    ...chosen.filter((value) => !known.has(value)).map((value) => ({ value, count: 0 })),
  ];
  if (all.length === 0) return null;
  const choice = ({ value, count }: FacetValue) => (
    <label key={value} class="search-choice" title={visibleText(value)}>
      <input
        {...{ type: "checkbox", checked: chosen.includes(value) }}
        onChange={({ currentTarget: { checked } }) =>
          onChange(checked ? [...chosen, value] : chosen.filter((other) => other !== value))
        }
      />
      <span class="search-name">{visibleText(value)}</span>
      <span class="number quiet">{integerText(count)}</span>
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
