import type { SectionProps } from "../section";
import { StartPanel } from "../start/start-panel";
import { isStarted } from "../start/summary";
import { CostPanel } from "./cost-panel";
import { LanePanel } from "./lane-panel";
import "./lanes.css";

export function Lanes({ state }: SectionProps) {
  // Lanes are looked at longer than their start.
  const isLast = isStarted(state);
  return (
    <>
      {!isLast && <StartPanel state={state} />}
      {state.lanes.map((lane) => (
        <LanePanel key={lane.id} lane={lane} now={state.at} />
      ))}
      {state.cost && <CostPanel cost={state.cost} />}
      {isLast && <StartPanel state={state} />}
    </>
  );
}
