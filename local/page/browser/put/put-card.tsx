import type { PagePut, PutKind } from "../../shared/put";
import { integerText } from "../ui/format";
import { StatusMark } from "../ui/status";
import { visibleText } from "../ui/visible-text";
import { putSearchQuery } from "./put-search-query";
import { putSummary, stationOf } from "./put-summary";
import { PutStationItem } from "./station";
import { TravelledLine } from "./travelled-line";

/** Where the pipeline keeps lines that are no documents. */
const QUARANTINES: Readonly<Record<PutKind, string>> = { "log group": "rejected/", "access logs": "access-logs/" };

/** One put, and how far its lines are. */
export function PutCard({ put }: { readonly put: PagePut }) {
  const { id, fileName, target, lines, stations, rejected, reasons, deadLettered, notes, error, first } = put;
  const { kind, text } = putSummary(put);
  const isBegun = put.phase !== "receiving" && put.phase !== "waiting";
  return (
    <article class="panel put-card" aria-labelledby={`put-${id}`}>
      <div class="step">
        <h2 id={`put-${id}`} class="wrap">
          {fileName === undefined ? "Typed" : visibleText(fileName)}{" "}
          <span class="quiet">into {visibleText(target.name)}</span>
        </h2>
        {stationOf(put, "index").count > 0 && <a href={`#/search?${putSearchQuery(put)}`}>Show in Search</a>}
      </div>
      <div aria-live="polite">
        <StatusMark kind={kind}>
          <span class="number">{text}</span>
        </StatusMark>
      </div>
      {isBegun && lines > 0 && (
        <ol class="put-stations">
          {stations.map((station) => (
            <PutStationItem key={station.name} station={station} lines={lines} isOver={put.phase === "over"} />
          ))}
        </ol>
      )}
      {error !== undefined && <p class="error wrap">{visibleText(error)}</p>}
      {rejected > 0 && (
        <div class="error">
          <p>
            {integerText(rejected)} in quarantine, in <code>{QUARANTINES[target.kind]}</code>
          </p>
          <ul>
            {reasons.map(({ reason, lines: count }) => (
              <li key={reason} class="wrap">
                {integerText(count)}: {visibleText(reason)}
              </li>
            ))}
          </ul>
        </div>
      )}
      {deadLettered > 0 && (
        <p class="error">
          {integerText(deadLettered)} {deadLettered === 1 ? "object was" : "objects were"} added to{" "}
          <code>dead-letter/</code> meanwhile
        </p>
      )}
      {first.length > 0 && (
        <ul class="put-lines" aria-label={lines > first.length ? `The first ${first.length} lines` : "Lines"}>
          {first.map((line, n) => (
            <TravelledLine key={n} line={line} />
          ))}
        </ul>
      )}
      {notes.map((note) => (
        <p key={note} class="quiet wrap">
          {visibleText(note)}
        </p>
      ))}
    </article>
  );
}
