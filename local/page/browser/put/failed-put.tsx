import { visibleText } from "../ui/visible-text";
import type { PutFailure } from "./use-putting";

interface FailedPutProps {
  readonly failure: PutFailure;
  readonly isBusy: boolean;
  retry(): void;
  dismiss(): void;
}

/** Why something could not be put; a file can be tried again, by other choices. */
export function FailedPut({ failure: { name, content, error }, isBusy, retry, dismiss }: FailedPutProps) {
  return (
    <div role="alert" class="put-failure">
      <div class="error wrap">
        {error.split("\n").map((line) => (
          <p key={line}>{visibleText(line)}</p>
        ))}
      </div>
      <div class="put-actions">
        {name !== undefined && content && (
          <button type="button" disabled={isBusy} onClick={retry}>
            Try again
          </button>
        )}
        <button type="button" onClick={dismiss}>
          Dismiss
        </button>
      </div>
    </div>
  );
}
