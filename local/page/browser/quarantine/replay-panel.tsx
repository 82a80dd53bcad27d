import type { ReplayRun } from "../../shared/quarantine";
import { post } from "../ui/api";
import { countOf, secondsText } from "../ui/format";
import { type StatusKind, StatusMark } from "../ui/status";
import { useAction } from "../ui/use-action";
import { visibleText } from "../ui/visible-text";
import { KIND_TEXTS } from "./kinds";

/** A replay that runs, or the last one: what it does, what it prints, and how it ended. */
export function ReplayPanel({ replay, onChange }: { readonly replay: ReplayRun; onChange(): void }) {
  const { isBusy, error, run } = useAction();
  const { kind, isDryRun, command, phase, lines, omitted } = replay;
  const { kind: status, text } = replayVerdict(replay);
  return (
    <section class="panel" aria-labelledby="quarantine-run">
      <div class="quarantine-title">
        <h2 id="quarantine-run">
          {isDryRun ? "Dry run" : "Replay"}: {KIND_TEXTS[kind].title}
        </h2>
        {phase !== "over" && (
          <button
            type="button"
            disabled={isBusy}
            onClick={() =>
              run(async () => {
                await post("api/quarantine/cancel", {});
                onChange();
              })
            }
          >
            {phase === "running" ? "Cancel" : "End at once"}
          </button>
        )}
      </div>
      <div aria-live="polite">
        <StatusMark kind={status}>{text}</StatusMark>
      </div>
      {error !== undefined && (
        <p role="alert" class="error wrap">
          {error}
        </p>
      )}
      {lines.length > 0 && (
        <pre class="quarantine-value" role="log" aria-label="What the command prints">
          {omitted > 0 && `(${countOf(omitted, "earlier line")})\n`}
          {visibleText(lines.join("\n"))}
        </pre>
      )}
      <details>
        <summary>The same in a terminal</summary>
        <pre class="quarantine-value">{visibleText(command)}</pre>
      </details>
    </section>
  );
}

/** Says how a replay is, in a sentence; the exit codes are those of docs/replay.md. */
function replayVerdict({ kind, phase, exitCode, isDryRun, isCancelled, seconds: taken }: ReplayRun): {
  readonly kind: StatusKind;
  readonly text: string;
} {
  const time = secondsText(taken);
  if (phase === "running") return { kind: "busy", text: `Running, ${time}` };
  if (phase === "cancelling") return { kind: "busy", text: `Finishing what is in flight, ${time}` };
  if (isCancelled && exitCode !== 0) {
    return {
      kind: "waiting",
      text: isDryRun
        ? `Cancelled after ${time}`
        : `Cancelled after ${time}: the same replay goes on where this one ended`,
    };
  }
  switch (exitCode) {
    case 0:
      return {
        kind: "good",
        text: isDryRun
          ? `Read and counted in ${time}; nothing was delivered`
          : `All that was found is ${kind === "access-logs" ? "in the queue, for the function to read" : "delivered"}, in ${time}`,
      };
    case 1:
      return { kind: "bad", text: `Something is not delivered: the report says what (exit code 1, ${time})` };
    case 2:
      return { kind: "bad", text: `Nothing was done: the message says why (exit code 2, ${time})` };
    default:
      return { kind: "bad", text: `It did not come to its end (${time})` };
  }
}
