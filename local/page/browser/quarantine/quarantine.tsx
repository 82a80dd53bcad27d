import { QUARANTINE_KINDS } from "../../shared/quarantine";
import type { SectionProps } from "../section";
import { countOf, integerText } from "../ui/format";
import { visibleText } from "../ui/visible-text";
import { KindPanel } from "./kind-panel";
import { KIND_TEXTS } from "./kinds";
import "./quarantine.css";
import { ReplayPanel } from "./replay-panel";
import { useQuarantine } from "./use-quarantine";
import { type QuarantineView, quarantineViewOf, queryOfQuarantine } from "./view";

/** What is in quarantine, why, and its replay; the address holds what is chosen and opened. */
export function QuarantineBody({ isAnswering, query, setQuery }: SectionProps) {
  const view = quarantineViewOf(query);
  const [{ answer, error }, askAgain] = useQuarantine(view, isAnswering);
  const change = (changed: Partial<QuarantineView>) =>
    setQuery(queryOfQuarantine({ ...view, ...changed }), !("opened" in changed));
  if (!answer) return <p class={error ? "error wrap" : "quiet"}>{error ?? "Looking for what is in quarantine …"}</p>;
  const { kinds, origins, problems, replay } = answer;
  const isEmpty = kinds.every(({ objects }) => objects === 0);
  const chosen = kinds.filter(({ kind }) => view.kind === undefined || kind === view.kind);
  const shown = chosen.filter(({ entries, unread }) => entries + unread > 0);
  return (
    <div class="quarantine">
      {[...(error ? [error] : []), ...problems].map((problem) => (
        <p key={problem} class="panel error wrap" role="alert">
          {visibleText(problem)}
        </p>
      ))}
      {replay && <ReplayPanel replay={replay} onChange={askAgain} />}
      {isEmpty ? (
        <div class="panel">
          <h2>Nothing is in quarantine</h2>
          <p class="quiet">
            What cannot be decoded, indexed or delivered is kept here, with the reason. “Poison record” in{" "}
            <a href="#/faults">Break things</a> puts something in.
          </p>
        </div>
      ) : (
        <>
          <fieldset class="quarantine-choice" aria-label="What is shown">
            <span class="quarantine-chips">
              {[undefined, ...QUARANTINE_KINDS.filter((kind) => kinds.some((one) => one.kind === kind))].map((kind) => (
                <button
                  key={kind ?? "all"}
                  type="button"
                  aria-pressed={view.kind === kind}
                  onClick={() => change({ kind, opened: undefined })}
                >
                  {kind ? KIND_TEXTS[kind].title : "All"}{" "}
                  <span class="number">
                    {integerText(kinds.reduce((sum, one) => sum + (kind && kind !== one.kind ? 0 : one.entries), 0))}
                  </span>
                </button>
              ))}
            </span>
            <label>
              Of{" "}
              <select
                value={view.origin ?? ""}
                onChange={({ currentTarget }) =>
                  change({ origin: currentTarget.value || undefined, opened: undefined })
                }
              >
                <option value="">all log groups, streams and buckets</option>
                {[
                  ...origins,
                  ...(view.origin !== undefined && !origins.some(({ value }) => value === view.origin)
                    ? [{ value: view.origin, count: 0 }]
                    : []),
                ].map(({ value, count }) => (
                  <option key={value} value={value}>
                    {visibleText(value)} ({integerText(count)})
                  </option>
                ))}
              </select>
            </label>
          </fieldset>
          {shown.map((kind) => (
            <KindPanel key={kind.kind} {...{ kind, view, change }} isBusy={isBusy(replay?.phase)} onReplay={askAgain} />
          ))}
          {shown.length === 0 && (
            <div class="panel">
              <p>Nothing of what is chosen is in quarantine.</p>
              <button type="button" onClick={() => setQuery(new URLSearchParams())}>
                Show all{" "}
                {countOf(
                  kinds.reduce((sum, { objects }) => sum + objects, 0),
                  "object",
                )}
              </button>
            </div>
          )}
          <p class="quiet">
            What was replayed stays here: an object is the record of what could not be delivered at first, and a replay
            can be repeated, because it finds what the index has. The bucket’s lifecycle deletes it.
          </p>
        </>
      )}
    </div>
  );
}

const isBusy = (phase: string | undefined): boolean => phase === "running" || phase === "cancelling";
