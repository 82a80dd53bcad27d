import type { PageState } from "../../shared/page-state";
import type { Section } from "../section";
import { SECTIONS } from "../sections";
import { Status, type StatusKind } from "./status";

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
          <Status kind={kind}>{text}</Status>
        </div>
      </div>
      <nav aria-label="Sections">
        {SECTIONS.map(({ path, title }) => (
          <a key={path} href={`#/${path}`} aria-current={path === current.path ? "page" : undefined}>
            {title}
          </a>
        ))}
      </nav>
    </header>
  );
}

function condition(state: PageState | undefined, isConnected: boolean): { kind: StatusKind; text: string } {
  if (!isConnected) return { kind: "bad", text: "No connection: npm start may have ended" };
  if (state === undefined) return { kind: "waiting", text: "Connecting" };
  if (state.phase === "failed") return { kind: "bad", text: "The start has failed" };
  return state.phase === "starting" ? { kind: "busy", text: "Starting" } : { kind: "good", text: "Running" };
}
