import { useState } from "preact/hooks";
import type { QuarantineKind, ReplayOffer, ReplayRequest } from "../../shared/quarantine";
import { post } from "../ui/api";
import { useAction } from "../ui/use-action";
import { visibleText } from "../ui/visible-text";
import { hasLogGroup, KIND_TEXTS } from "./kinds";

interface ReplayFormProps {
  readonly kind: QuarantineKind;
  readonly offer: ReplayOffer;
  readonly origin: string | undefined;
  /** Whether a replay runs: there is one at a time. */
  readonly isBusy: boolean;
  onReplay(): void;
}

/** The options of the command, and its buttons. */
export function ReplayForm({ kind, offer, origin, isBusy, onReplay }: ReplayFormProps) {
  const [edited, setEdited] = useState<Partial<ReplayOffer>>({});
  const { isBusy: isAsking, error, run } = useAction();
  const { from, to } = { ...offer, ...edited };
  const ofOne = origin !== undefined && hasLogGroup(kind);
  const replay = (isDryRun: boolean) =>
    run(async () => {
      const request: ReplayRequest = { kind, from, to, isDryRun, ...(ofOne && { origin }) };
      await post("api/quarantine/replay", request);
      onReplay();
    });
  const field = (name: keyof ReplayOffer, label: string, value: string) => (
    <label>
      {label}{" "}
      <input
        type="text"
        size={16}
        spellcheck={false}
        value={value}
        onInput={({ currentTarget }) => setEdited({ ...edited, [name]: currentTarget.value })}
      />
    </label>
  );
  const { title } = KIND_TEXTS[kind];
  return (
    <form
      class="quarantine-replay"
      aria-label={`Replay: ${title}`}
      onSubmit={(event) => {
        event.preventDefault();
        void replay(false);
      }}
    >
      {field("from", "From", from)}
      {field("to", "before", to)}
      <span class="quiet wrap">UTC{ofOne && `, of ${visibleText(origin)} only`}</span>
      <span class="quarantine-buttons">
        <button type="button" disabled={isBusy || isAsking} onClick={() => void replay(true)}>
          Dry run
        </button>
        <button type="submit" class="primary" disabled={isBusy || isAsking}>
          Replay
        </button>
      </span>
      {origin !== undefined && !ofOne && (
        <p class="quiet">The command has no option for this: it replays all of these hours.</p>
      )}
      {error !== undefined && (
        <div role="alert" class="error wrap">
          {error.split("\n").map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      )}
    </form>
  );
}
