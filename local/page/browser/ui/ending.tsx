import type { PageState } from "../../shared/page-state";

interface EndingProps {
  readonly state: PageState | undefined;
  readonly lost: string | undefined;
}

/** Says why what is shown does not change any more, and what to do. */
export function EndingPanel({ state, lost }: EndingProps) {
  if (state?.phase === "failed") {
    return (
      <div class="panel ending bad" role="alert">
        <h2>The start has failed</h2>
        <pre>{state.failure}</pre>
        <p class="quiet">The pipeline has ended: below is what was shown last. The next npm start prints a new link.</p>
      </div>
    );
  }
  if (state?.phase === "stopped") {
    return (
      <div class="panel ending" role="alert">
        <h2>The pipeline has stopped</h2>
        <p class="quiet">Below is what was shown last. The next npm start prints a new link.</p>
      </div>
    );
  }
  if (lost === undefined) return null;
  return (
    <div class="panel ending bad" role="alert">
      <h2>No connection</h2>
      <p>{lost}</p>
      <p class="quiet">
        {state && "Below is what was shown last. "}The page goes on by itself as soon as this pipeline answers again.
        npm start -- status prints the links of what runs.
      </p>
    </div>
  );
}
