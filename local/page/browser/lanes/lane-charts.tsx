import type { PageLane } from "../../shared/page-state";
import { Chart } from "../ui/chart";
import { chartValues } from "./chart-values";
import { isSearchable, lagSpan } from "./lag-span";

interface LaneChartsProps {
  readonly lane: PageLane;
  /** In seconds since the epoch. */
  readonly now: number;
}

/** Events a second, and lag, of the last five minutes. */
export function LaneCharts({ lane, now }: LaneChartsProps) {
  const { title } = lane;
  const { at, perSecond, lagMs } = chartValues(lane.history, now);
  return (
    <div class="charts">
      <Chart
        title={`${isSearchable(lane) ? "Searchable events" : "Events in S3"} a second`}
        of={title}
        at={at}
        values={perSecond}
        marks="bars"
      />
      <Chart
        title={`Lag of samples in seconds, ${lagSpan(lane)}`}
        of={title}
        at={at}
        values={lagMs.map((ms) => (ms === null ? null : ms / 1_000))}
        marks="points"
      />
    </div>
  );
}
