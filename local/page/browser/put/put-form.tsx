import { useRef, useState } from "preact/hooks";
import { PUT_PARAMETERS, type PutKind, type PutTarget } from "../../shared/put";
import { visibleText } from "../ui/visible-text";
import { FailedPut } from "./failed-put";
import { type Dropped, useDrop } from "./use-drop";
import { usePutting } from "./use-putting";

interface PutFormProps {
  readonly targets: readonly PutTarget[];
  readonly target: PutTarget;
  choose(target: PutTarget): void;
}

const GROUPS: Readonly<Record<PutKind, string>> = {
  "log group": "Log groups",
  "access logs": "Buckets of access logs",
};

/** What becomes of what is put: of lines, and of files. */
const WORDS: Readonly<Record<PutKind, { readonly lines: string; readonly files: string }>> = {
  "log group": {
    lines: "Each line is an event.",
    files: "Text of up to 64 MiB each, put when it is dropped: every line is an event.",
  },
  "access logs": {
    lines: "Together they become an object.",
    files: "Of any format that AWS delivers to S3, gzipped or not, up to 64 MiB each: each becomes an object.",
  },
};

export function PutForm({ targets, target, choose }: PutFormProps) {
  const [skipsInvalid, setSkipsInvalid] = useState(false);
  const [timeField, setTimeField] = useState("");
  const { isBusy, failed, put, retry, dismiss } = usePutting({ target, skipsInvalid, timeField });
  const text = useRef<HTMLTextAreaElement>(null);
  const putFiles = ({ files, folders }: Dropped) =>
    void put([
      ...files.map((file) => ({ name: file.name, content: file })),
      ...folders.map((name) => ({ name, content: undefined })),
    ]);
  const isOver = useDrop(putFiles);
  const putText = async () => {
    const box = text.current!;
    const { value } = box;
    if (isBusy || value === "") return;
    const isPut = await put([{ name: undefined, content: new Blob([value]) }]);
    // What was typed meanwhile stays.
    if (isPut && box.value === value) box.value = "";
  };
  return (
    <section class="panel put-form" aria-label="Put lines">
      <label class="put-group">
        <span>Into</span>
        <select
          value={targets.indexOf(target)}
          onChange={({ currentTarget }) => choose(targets[Number(currentTarget.value)]!)}
        >
          {(Object.keys(PUT_PARAMETERS) as PutKind[])
            .filter((kind) => targets.some((one) => one.kind === kind))
            .map((kind) => (
              <optgroup key={kind} label={GROUPS[kind]}>
                {targets.map((one, n) =>
                  one.kind === kind ? (
                    <option key={one.name} value={n}>
                      {visibleText(one.name)}
                    </option>
                  ) : null,
                )}
              </optgroup>
            ))}
        </select>
      </label>
      <label class="put-text">
        <span>Lines</span>
        <textarea
          ref={text}
          rows={4}
          spellcheck={false}
          autocomplete="off"
          aria-describedby="put-keys"
          placeholder='{"level":"info","message":"Hello"}'
          onKeyDown={(event) => {
            if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            void putText();
          }}
        />
      </label>
      <div class="put-actions">
        <button type="button" class="primary" disabled={isBusy} onClick={() => void putText()}>
          Put
        </button>
        <span class="quiet" id="put-keys">
          {WORDS[target.kind].lines} Ctrl+Enter puts them, too.
        </span>
      </div>
      <label class={`put-drop ${isOver ? "over" : ""}`}>
        <input
          type="file"
          class="hidden"
          multiple
          disabled={isBusy}
          onChange={({ currentTarget }) => {
            putFiles({ files: [...(currentTarget.files ?? [])], folders: [] });
            // The same file can be chosen again.
            currentTarget.value = "";
          }}
        />
        <span>
          <strong>Drop files</strong>, or <u>choose them</u>
        </span>
        <span class="quiet">{WORDS[target.kind].files}</span>
      </label>
      {target.kind === "log group" && (
        <div class="put-options">
          <label>
            <input
              type="checkbox"
              checked={skipsInvalid}
              onChange={({ currentTarget }) => setSkipsInvalid(currentTarget.checked)}
            />
            Skip invalid lines
          </label>
          <label>
            Time field
            <input
              type="text"
              value={timeField}
              placeholder="of JSON lines"
              spellcheck={false}
              onInput={({ currentTarget }) => setTimeField(currentTarget.value)}
            />
          </label>
        </div>
      )}
      {failed.map((one) => (
        <FailedPut
          key={one.id}
          failure={one}
          isBusy={isBusy}
          retry={() => void retry(one)}
          dismiss={() => dismiss(one)}
        />
      ))}
    </section>
  );
}
