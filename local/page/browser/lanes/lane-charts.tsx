import type { LaneHistory } from "../../shared/page-state";
import { Chart } from "../ui/chart";
import { chartValues } from "./chart-values";

interface LaneChartsProps {
  readonly title: string;
  /** Whether a search finds its events; else S3 has them. */
  readonly isSearchable: boolean;
  /** Whether its lag is measured. */
  readonly hasLag: boolean;
  readonly history: LaneHistory;
  /** In seconds since the epoch. */
  readonly now: number;
}

/** Events a second, and lag, of the last five minutes. */
export function LaneCharts({ title, isSearchable, hasLag, history, now }: LaneChartsProps) {
  const { at, perSecond, lagMs } = chartValues(history, now);
  return (
    <div class="charts">
      <Chart
        title={`${isSearchable ? "Searchable events" : "Events in S3"} a second`}
        of={title}
        at={at}
        values={perSecond}
        marks="bars"
      />
      {hasLag && (
        <Chart
          title="Lag of samples in seconds"
          of={title}
          at={at}
          values={lagMs.map((ms) => (ms === null ? null : ms / 1_000))}
          marks="points"
        />
      )}
    </div>
  );
}
