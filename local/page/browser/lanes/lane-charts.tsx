import type { LaneHistory } from "../../shared/page-state";
import { Chart } from "../ui/chart";

/** Events a second, and lag, of the last five minutes. */
export function LaneCharts({ title, history }: { readonly title: string; readonly history: LaneHistory }) {
  const { at, indexedPerSecond, lagMs } = history;
  return (
    <div class="charts">
      <Chart title="Searchable events a second" of={title} at={at} values={indexedPerSecond} marks="bars" />
      <Chart
        title="Lag of samples in seconds"
        of={title}
        at={at}
        values={lagMs.map((ms) => (ms === null ? null : ms / 1_000))}
        marks="points"
      />
    </div>
  );
}
