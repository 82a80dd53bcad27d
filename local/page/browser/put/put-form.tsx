import { useRef, useState } from "preact/hooks";
import { visibleText } from "../ui/visible-text";
import { FailedPut } from "./failed-put";
import { useDrop } from "./use-drop";
import { usePutting } from "./use-putting";

interface PutFormProps {
  readonly logGroups: readonly string[];
  readonly logGroup: string;
  choose(logGroup: string): void;
}

export function PutForm({ logGroups, logGroup, choose }: PutFormProps) {
  const [skipsInvalid, setSkipsInvalid] = useState(false);
  const [timeField, setTimeField] = useState("");
  const { isBusy, failed, put, retry, dismiss } = usePutting({ logGroup, skipsInvalid, timeField });
  const text = useRef<HTMLTextAreaElement>(null);
  const putFiles = (files: Iterable<File>) => void put([...files].map((file) => ({ name: file.name, content: file })));
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
        <span>Log group</span>
        <select value={logGroup} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          {logGroups.map((name) => (
            <option key={name} value={name}>
              {visibleText(name)}
            </option>
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
          Each line is an event. Ctrl+Enter puts them, too.
        </span>
      </div>
      <label class={`put-drop ${isOver ? "over" : ""}`}>
        <input
          type="file"
          class="hidden"
          multiple
          disabled={isBusy}
          onChange={({ currentTarget }) => {
            putFiles(currentTarget.files ?? []);
            // The same file can be chosen again.
            currentTarget.value = "";
          }}
        />
        <span>
          <strong>Drop files</strong>, or <u>choose them</u>
        </span>
        <span class="quiet">Text of up to 64 MiB each, put when it is dropped: every line is an event.</span>
      </label>
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
