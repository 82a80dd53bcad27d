import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { LaneCost, PageLane } from "../../shared/page-state";
import { StatusMark } from "../ui/status";
import { AuditNote } from "./audit-note";
import { CountList } from "./count-list";
import { countRows } from "./count-rows";
import { Flow } from "./flow";
import { LaneCharts } from "./lane-charts";

interface LanePanelProps {
  readonly lane: PageLane;
  /** In seconds since the epoch. */
  readonly now: number;
  /** Undefined where nobody knows it. */
  readonly cost: LaneCost | undefined;
}

export function LanePanel(props: LanePanelProps) {
  const { id } = props.lane;
  return (
    <section class="panel lane" aria-labelledby={id}>
      <LaneTitle lane={props.lane} />
      <LaneBody {...props} />
    </section>
  );
}

/** One of many: what somebody looks for first in a line, and the rest when it is opened. */
export function FoldedLane(props: LanePanelProps) {
  const { id } = props.lane;
  const [isOpen, setOpen] = useState(false);
  const wrong = countRows(props.lane)
    .flat()
    .filter(({ isBad }) => isBad);
  return (
    <section class="panel lane" aria-labelledby={id}>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary class="lanes-folded">
          <LaneTitle lane={props.lane}>
            {wrong.map(({ name, value }) => (
              <span key={name} class="error number">
                {name} {value}
              </span>
            ))}
            <span class="number">{props.lane.eventsPerSecond.toFixed(1)} a second</span>
          </LaneTitle>
        </summary>
        {isOpen && <LaneBody {...props} />}
      </details>
    </section>
  );
}

function LaneTitle({ lane, children }: { readonly lane: PageLane; readonly children?: ComponentChildren }) {
  const { id, title, kind, isAlive, eventsPerSecond } = lane;
  const isIdle = isAlive && eventsPerSecond === 0;
  return (
    <div class="lane-title">
      <h2 id={id} class="wrap">
        {title}
      </h2>
      <span class="quiet">{kind}</span>
      {children}
      <StatusMark kind={isIdle ? "waiting" : isAlive ? "good" : "busy"}>
        {isIdle ? "idle" : isAlive ? "delivers" : "is being applied"}
      </StatusMark>
    </div>
  );
}

function LaneBody({ lane, now, cost }: LanePanelProps) {
  const { audit } = lane;
  return (
    <>
      <Flow lane={lane} />
      <div class="lane-numbers">
        <div>
          <CountList lane={lane} cost={cost} />
          {audit && <AuditNote audit={audit} />}
        </div>
        <LaneCharts lane={lane} now={now} />
      </div>
    </>
  );
}
