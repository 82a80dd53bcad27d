import type { LaneCost, PageLane } from "../../shared/page-state";
import { countRows } from "./count-rows";

interface CountListProps {
  readonly lane: PageLane;
  readonly cost: LaneCost | undefined;
}

export function CountList({ lane, cost }: CountListProps) {
  return (
    <div class="lane-counts">
      {countRows(lane, cost).map((rows, index) => (
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
