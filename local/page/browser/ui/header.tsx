import { isOver, type PageState, type PipelinePhase } from "../../shared/page-state";
import type { Section } from "../section";
import { SECTIONS } from "../sections";
import { integerText } from "./format";
import { type StatusKind, StatusMark } from "./status";

interface HeaderProps {
  readonly current: Section;
  readonly state: PageState | undefined;
  readonly isConnected: boolean;
}

export function Header({ current, state, isConnected }: HeaderProps) {
  const { kind, text } = condition(state, isConnected);
  return (
    <header class="top">
      <div class="top-line">
        <h1>Logging pipeline</h1>
        <div aria-live="polite">
          <StatusMark kind={kind}>{text}</StatusMark>
        </div>
      </div>
      <nav aria-label="Sections">
        {SECTIONS.map(({ path, title, count }) => (
          <a key={path} href={`#/${path}`} aria-current={path === current.path ? "page" : undefined}>
            {title}
            <Count value={state && count?.(state)} />
          </a>
        ))}
      </nav>
    </header>
  );
}

interface Condition {
  readonly kind: StatusKind;
  readonly text: string;
}

const CONDITIONS: Readonly<Record<PipelinePhase, Condition>> = {
  starting: { kind: "busy", text: "Starting" },
  running: { kind: "good", text: "Running" },
  failed: { kind: "bad", text: "Failed" },
  stopped: { kind: "waiting", text: "Stopped" },
};

function condition(state: PageState | undefined, isConnected: boolean): Condition {
  if (state !== undefined && isOver(state.phase)) return CONDITIONS[state.phase];
  if (!isConnected) return { kind: "bad", text: "No connection" };
  return state === undefined ? { kind: "waiting", text: "Connecting" } : CONDITIONS[state.phase];
}

function Count({ value }: { readonly value: number | undefined }) {
  if (!value) return null;
  return (
    <>
      {" "}
      <span class="count number">{integerText(value)}</span>
    </>
  );
}
