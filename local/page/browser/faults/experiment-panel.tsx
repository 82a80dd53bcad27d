import type { ExperimentCounts } from "../../shared/faults";
import { integerText } from "../ui/format";
import { StatusMark } from "../ui/status";
import { visibleText } from "../ui/visible-text";
import { verdict } from "./verdict";

interface ExperimentPanelProps {
  /** Titles of the faults that are on. */
  readonly broken: readonly string[];
  readonly experiment: ExperimentCounts | undefined;
  /** Of the last invocation that has failed. */
  readonly lastError: string | undefined;
  readonly error: string | undefined;
  heal(): void;
}

const COUNTS: readonly {
  readonly name: Exclude<keyof ExperimentCounts, "phase" | "unreadable">;
  readonly label: string;
  readonly isBad?: true;
}[] = [
  { name: "put", label: "put" },
  { name: "indexed", label: "searchable" },
  { name: "archived", label: "archived" },
  { name: "inFlight", label: "in flight" },
  { name: "lost", label: "lost", isBad: true },
  { name: "duplicated", label: "duplicated", isBad: true },
  { name: "rejected", label: "objects in rejected/" },
  { name: "deadLettered", label: "objects in dead-letter/" },
];

/** What becomes of the events while something is broken, and after it. */
export function ExperimentPanel({ broken, experiment, lastError, error, heal }: ExperimentPanelProps) {
  const { kind, text } = verdict(broken, experiment);
  return (
    <section class="panel" aria-labelledby="experiment">
      <div class="step">
        <h2 id="experiment">Break things</h2>
        <button type="button" class="primary" disabled={broken.length === 0} onClick={heal}>
          Heal all
        </button>
      </div>
      <div aria-live="polite">
        <StatusMark kind={kind}>{text}</StatusMark>
      </div>
      {error !== undefined && (
        <p role="alert" class="error wrap">
          {error}
        </p>
      )}
      {experiment && (
        <dl class="counts">
          {COUNTS.map(({ name, label, isBad }) => (
            <div key={name} class={isBad && experiment[name] > 0 ? "bad" : ""}>
              <dt>{label}</dt>
              <dd class="number">{integerText(experiment[name])}</dd>
            </div>
          ))}
        </dl>
      )}
      {experiment?.unreadable.map((sentence) => (
        <p key={sentence} class="error wrap">
          {visibleText(sentence)}
        </p>
      ))}
      {lastError !== undefined && (
        <p class="said">
          <span class="quiet">The function's last error:</span> <code class="wrap">{lastError}</code>
        </p>
      )}
    </section>
  );
}
