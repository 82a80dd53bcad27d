import type { QuarantinedKind, QuarantineReason } from "../../shared/quarantine";
import { countOf, integerText, sized } from "../ui/format";
import { StatusMark } from "../ui/status";
import { beginningOf, visibleText } from "../ui/visible-text";
import { amountOf, KIND_TEXTS } from "./kinds";
import { ReplayForm } from "./replay-form";
import { Rows } from "./rows";
import { timeOfMs } from "./times";
import type { QuarantineView } from "./view";

interface KindPanelProps {
  readonly kind: QuarantinedKind;
  readonly view: QuarantineView;
  /** Whether a replay runs. */
  readonly isBusy: boolean;
  change(changed: Partial<QuarantineView>): void;
  onReplay(): void;
}

const SHOWN_REASON = 220;

/** One kind: why it is there, with counts, its entries and its replay. */
export function KindPanel({ kind, view, isBusy, change, onReplay }: KindPanelProps) {
  const { title, what } = KIND_TEXTS[kind.kind];
  const id = `quarantine-${kind.kind}`;
  return (
    <section class="panel" aria-labelledby={id}>
      <div class="quarantine-title">
        <h2 id={id}>{title}</h2>
        <span class="quiet number">
          {amountOf(kind.kind, { ...kind, events: kind.reasons.reduce((sum, { events }) => sum + events, 0) })} in{" "}
          {countOf(kind.objects, "object")}, {sized(kind.bytes)}
        </span>
      </div>
      <p class="quiet">
        {what} <code class="wrap">{visibleText(kind.where)}</code>
      </p>
      {kind.unread > 0 && <StatusMark kind="busy">{countOf(kind.unread, "object")} still to be read</StatusMark>}
      {kind.unlisted > 0 && (
        <p class="quiet">Of {countOf(kind.objects, "object")}, the newest are counted and shown.</p>
      )}
      <ul class="quarantine-reasons">
        {kind.reasons.map((reason) => {
          const isOpen = view.opened?.kind === kind.kind && view.opened.reason === reason.id;
          return (
            <li key={reason.id} class={isOpen ? "open" : ""}>
              <Reason
                {...{ reason, kind, isOpen }}
                onToggle={() => change({ opened: isOpen ? undefined : { kind: kind.kind, reason: reason.id } })}
              />
              {isOpen && <Rows {...{ kind }} reason={reason.id} origin={view.origin} />}
            </li>
          );
        })}
      </ul>
      {kind.moreReasons > 0 && <p class="quiet">{countOf(kind.moreReasons, "further reason")}</p>}
      {kind.offer && <ReplayForm {...{ isBusy, onReplay }} kind={kind.kind} offer={kind.offer} origin={view.origin} />}
    </section>
  );
}

interface ReasonProps {
  readonly reason: QuarantineReason;
  readonly kind: QuarantinedKind;
  readonly isOpen: boolean;
  onToggle(): void;
}

function Reason({ reason, kind, isOpen, onToggle }: ReasonProps) {
  const { text, objects, latest, indexed, isUnreadable } = reason;
  const { shown, more } = beginningOf(text, SHOWN_REASON);
  const facts = [
    isUnreadable ? countOf(objects, "object") : amountOf(kind.kind, reason),
    ...(latest === undefined ? [] : [`latest ${timeOfMs(latest)}`]),
  ];
  return (
    <div class="quarantine-reason">
      <button type="button" aria-expanded={isOpen} onClick={onToggle}>
        <span class="wrap">
          {visibleText(shown)}
          {more > 0 && "…"}
        </span>
      </button>
      <span class="quarantine-facts number">
        <span class={isUnreadable ? "error" : ""}>{facts.join(" · ")}</span>
        {indexed && <Indexed {...indexed} />}
      </span>
    </div>
  );
}

/** How many the index has: that a replay has worked can be seen. */
function Indexed({ found, of }: { readonly found: number; readonly of: number }) {
  if (found === of)
    return <StatusMark kind="good">{`${integerText(found)} of ${integerText(of)} now in the index`}</StatusMark>;
  return (
    <StatusMark
      kind={found > 0 ? "busy" : "waiting"}
    >{`${integerText(found)} of ${integerText(of)} in the index`}</StatusMark>
  );
}
