import type { PutStation, PutStationName } from "../../shared/put";
import { integerText } from "../ui/format";
import { afterText } from "./put-summary";

const LABELS: Readonly<Record<PutStationName, string>> = {
  put: "Put",
  bucket: "In the bucket",
  queue: "In the queue",
  stream: "In the stream",
  function: "In the function",
  index: "Searchable",
  archive: "Archived",
};

interface PutStationItemProps {
  readonly station: PutStation;
  /** Of the put. */
  readonly lines: number;
  /** Whether nothing arrives any more. */
  readonly isOver: boolean;
}

/** Lights up as lines arrive. */
export function PutStationItem({ station, lines, isOver }: PutStationItemProps) {
  const { name, count } = station;
  const state = count >= lines ? "all" : count > 0 ? "some" : "none";
  return (
    <li class={`put-station ${state}`}>
      <span class="put-lamp" aria-hidden="true" />
      <span class="put-station-name">{LABELS[name]}</span>
      <span class="number">
        {lines === 1 ? oneLineText(count, isOver) : `${integerText(count)} of ${integerText(lines)}`}
      </span>
      <span class="quiet number">{afterText(station)}</span>
    </li>
  );
}

function oneLineText(count: number, isOver: boolean): string {
  if (count > 0) return "yes";
  return isOver ? "no" : "not yet";
}
