import { FAULT_SECONDS, type PageFault } from "../../shared/faults";
import { post } from "../ui/api";
import { integerText } from "../ui/format";
import { StatusMark } from "../ui/status";
import { useAction } from "../ui/use-action";

export function FaultRow({ fault }: { readonly fault: PageFault }) {
  const { id, title, does, expect, status, strikes } = fault;
  const { isBusy, error, run } = useAction();
  const isOn = status === "on";
  const path = isOn ? "api/faults/heal" : "api/faults/begin";
  const shownError = error ?? fault.error;
  return (
    <li>
      <div>
        <h3 id={id}>{title}</h3>
        <p>{does}</p>
        <p class="quiet">{expect}</p>
        {isOn && (
          <StatusMark kind="bad">
            <span class="number">
              On{strikes > 0 && `, struck ${strikes === 1 ? "once" : `${integerText(strikes)} times`}`}; ends by itself
              after {FAULT_SECONDS / 60} minutes
            </span>
          </StatusMark>
        )}
        {status === "unavailable" && <p class="quiet">Not with a search engine of your own.</p>}
        {shownError !== undefined && (
          <p role="alert" class="error wrap">
            {shownError}
          </p>
        )}
      </div>
      <button
        type="button"
        class={isOn ? "primary" : ""}
        aria-describedby={id}
        disabled={isBusy || status === "unavailable"}
        onClick={() => run(() => post(path, { id }))}
      >
        {isOn ? "Heal" : "Break"}
      </button>
    </li>
  );
}
