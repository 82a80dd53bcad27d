import { useEffect, useState } from "preact/hooks";
import { isOver, PATCH_EVENT, type PageState, STATE_EVENT } from "../../shared/page-state";
import { patched, type StatePatch } from "../../shared/state-patch";

/** How soon it asks again after an answer that ends it, such as one that too many pages are open, in milliseconds. */
const RETRY_MS = 1_000;

export const NO_ANSWER = "The pipeline does not answer: it has ended, or this machine does not reach it.";

interface PageConnection {
  /** The newest, undefined before the first one. */
  readonly state: PageState | undefined;
  /** Why no further one comes; undefined while they do. */
  readonly lost: string | undefined;
}

/** Follows the pipeline to its end. */
export function usePageState(): PageConnection {
  const [state, setState] = useState<PageState>();
  const [lost, setLost] = useState<string>();
  useEffect(() => {
    let events: EventSource;
    let timer: ReturnType<typeof setTimeout>;
    let newest: PageState | undefined;
    const show = (next: PageState) => {
      newest = next;
      setState(next);
      if (isOver(next.phase)) events.close();
    };
    const connect = () => {
      events = new EventSource("api/state");
      events.addEventListener("open", () => setLost(undefined));
      events.addEventListener(STATE_EVENT, ({ data }) => show(JSON.parse(data) as PageState));
      events.addEventListener(PATCH_EVENT, ({ data }) =>
        show(patched(newest, JSON.parse(data) as StatePatch) as PageState),
      );
      events.addEventListener("error", async () => {
        // A lost connection is opened again by the browser itself.
        if (events.readyState !== EventSource.CLOSED) return setLost(NO_ANSWER);
        timer = setTimeout(connect, RETRY_MS);
        setLost(await reasonOf("api/state"));
      });
    };
    connect();
    return () => {
      clearTimeout(timer);
      events.close();
    };
  }, []);
  return { state, lost };
}

/** Why the server does not send events: an `EventSource` does not tell. */
async function reasonOf(path: string): Promise<string> {
  const asking = new AbortController();
  try {
    const response = await fetch(path, { signal: asking.signal });
    // It would never end.
    if (response.ok) return NO_ANSWER;
    return ((await response.json()) as { error?: string }).error ?? NO_ANSWER;
  } catch {
    return NO_ANSWER;
  } finally {
    asking.abort();
  }
}
