import type { PageLane } from "../../shared/page-state";
import { Status } from "../ui/status";
import { AuditNote } from "./audit-note";
import { CountList } from "./count-list";
import { Flow } from "./flow";
import { LaneCharts } from "./lane-charts";

export function LanePanel({ lane, now }: { readonly lane: PageLane; readonly now: number }) {
  const { id, title, kind, isAlive } = lane;
  return (
    <section class="panel lane" aria-labelledby={id}>
      <div class="lane-title">
        <h2 id={id} class="wrap">
          {title}
        </h2>
        <span class="quiet">{kind}</span>
        <Status kind={isAlive ? "good" : "busy"}>{isAlive ? "delivers" : "is being applied"}</Status>
      </div>
      <Flow lane={lane} />
      <div class="lane-numbers">
        <div>
          <CountList lane={lane} />
          {lane.audit && <AuditNote audit={lane.audit} />}
        </div>
        <LaneCharts title={title} history={lane.history} now={now} />
      </div>
    </section>
  );
}
