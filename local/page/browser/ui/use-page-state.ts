import { useEffect, useState } from "preact/hooks";
import type { PageState } from "../../shared/page-state";

/** How soon it asks again after an answer that ends it, such as one that too many pages are open, in milliseconds. */
const RETRY_MS = 1_000;

/** The newest state, undefined before the first one; and whether further ones come. */
export function usePageState(): { state: PageState | undefined; isConnected: boolean } {
  const [state, setState] = useState<PageState>();
  const [isConnected, setConnected] = useState(true);
  useEffect(() => {
    let events: EventSource;
    let timer: ReturnType<typeof setTimeout>;
    const connect = () => {
      events = new EventSource("api/state");
      events.addEventListener("open", () => setConnected(true));
      events.addEventListener("state", ({ data }) => setState(JSON.parse(data) as PageState));
      events.addEventListener("error", () => {
        setConnected(false);
        // A lost connection is opened again by the browser itself.
        if (events.readyState === EventSource.CLOSED) timer = setTimeout(connect, RETRY_MS);
      });
    };
    connect();
    return () => {
      clearTimeout(timer);
      events.close();
    };
  }, []);
  return { state, isConnected };
}
