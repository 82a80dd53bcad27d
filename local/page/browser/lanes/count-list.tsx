import type { PageLane } from "../../shared/page-state";
import { countRows } from "./count-rows";

export function CountList({ lane }: { readonly lane: PageLane }) {
  return (
    <div class="lane-counts">
      {countRows(lane).map((rows, index) => (
        <dl key={index}>
          {rows.map(({ name, value, isBad }) => (
            <div key={name} class={isBad ? "bad" : undefined}>
              <dt>{name}</dt>
              <dd class="number">{value}</dd>
            </div>
          ))}
        </dl>
      ))}
    </div>
  );
}
