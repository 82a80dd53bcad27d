import { useState } from "preact/hooks";
import type { SectionProps } from "../section";
import { StartPanel } from "../start/start-panel";
import { isStarted } from "../start/summary";
import { CostPanel } from "./cost-panel";
import { filteredLanes, MAX_OPEN_LANES } from "./lane-filter";
import { FoldedLane, LanePanel } from "./lane-panel";
import "./lanes.css";

export function LanesBody({ state }: SectionProps) {
  const { lanes, at, cost } = state;
  // Lanes are looked at longer than their start.
  const isLast = isStarted(state);
  const [filter, setFilter] = useState("");
  const isFolded = lanes.length > MAX_OPEN_LANES;
  const shown = isFolded ? filteredLanes(lanes, filter) : lanes;
  const Panel = isFolded ? FoldedLane : LanePanel;
  return (
    <>
      {!isLast && <StartPanel state={state} />}
      {isFolded && (
        <label class="lanes-filter">
          Lanes with
          <input
            type="search"
            placeholder="the name of a log group, stream or bucket"
            value={filter}
            onInput={(event) => setFilter(event.currentTarget.value)}
          />
          <span class="quiet number" role="status">
            {shown.length} of {lanes.length}
          </span>
        </label>
      )}
      {shown.map((lane) => (
        <Panel key={lane.id} lane={lane} now={at} cost={cost?.lanes[lane.stream.address ?? ""]} />
      ))}
      {cost && <CostPanel cost={cost} />}
      {isLast && <StartPanel state={state} />}
    </>
  );
}
