import type { SectionProps } from "../section";
import { StartPanel } from "../start/start-panel";
import { CostPanel } from "./cost-panel";
import { LanePanel } from "./lane-panel";
import "./lanes.css";

export function Lanes({ state }: SectionProps) {
  return (
    <>
      {state.phase !== "running" && <StartPanel state={state} />}
      {state.lanes.map((lane) => (
        <LanePanel key={lane.id} lane={lane} />
      ))}
      {state.cost && <CostPanel cost={state.cost} />}
      {state.phase === "running" && <StartPanel state={state} />}
    </>
  );
}
