import type { PageState } from "../../shared/page-state";
import { ServiceList } from "./service-list";
import { StepList } from "./step-list";
import { isStarted, startSummary } from "./summary";

/** The steps of the start: open while it runs, then one line that can be opened. */
export function StartPanel({ state }: { readonly state: PageState }) {
  const { at, steps, services, plan } = state;
  const isDone = isStarted(state);
  return (
    <section class="panel" aria-labelledby="start">
      <details key={String(isDone)} open={!isDone}>
        <summary>
          <h2 id="start">Start</h2>
          <span class="quiet number">{startSummary(state)}</span>
        </summary>
        <StepList steps={steps} now={at} />
      </details>
      {(services.length > 0 || plan !== undefined) && (
        <dl class="facts">
          <ServiceList services={services} />
          {plan !== undefined && (
            <div>
              <dt>In a real account</dt>
              <dd class="number">{plan}</dd>
            </div>
          )}
        </dl>
      )}
    </section>
  );
}
