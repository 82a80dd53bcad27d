import { useEffect, useState } from "preact/hooks";
import { HEARTBEAT_EVENT, isOver, PATCH_EVENT, type PageState, STATE_EVENT } from "../../shared/page-state";
import { patched, type StatePatch } from "../../shared/state-patch";
import { lostReason, NO_ANSWER } from "./lost-connection";
import { SILENT, Silence } from "./silence";

/** How soon it asks again after an answer that ends it, such as one that too many pages are open, in milliseconds. */
const RETRY_MS = 1_000;

interface PageConnection {
  /** The newest, undefined before the first one. */
  readonly state: PageState | undefined;
  /** Why no further one comes; undefined while they do. */
  readonly lost: string | undefined;
  /** How many there have been. */
  readonly connections: number;
}

/** Follows the pipeline to its end. */
export function usePageState(): PageConnection {
  const [state, setState] = useState<PageState>();
  const [lost, setLost] = useState<string>();
  const [connections, setConnections] = useState(0);
  useEffect(() => {
    let events: EventSource;
    let timer: ReturnType<typeof setTimeout>;
    let newest: PageState | undefined;
    const silence = new Silence(() => {
      if (events.readyState !== EventSource.OPEN) return;
      setLost(SILENT);
      events.close();
      connect();
    });
    const show = (next: PageState) => {
      newest = next;
      setState(next);
      if (isOver(next.phase)) events.close();
    };
    const connect = () => {
      events = new EventSource("api/state");
      const on = (name: string, handle: (data: string) => void) =>
        events.addEventListener(name, (event) => {
          silence.heard();
          handle((event as MessageEvent<string>).data);
        });
      on("open", () => {
        setLost(undefined);
        setConnections((last) => last + 1);
      });
      on(HEARTBEAT_EVENT, () => {});
      on(STATE_EVENT, (data) => show(JSON.parse(data) as PageState));
      on(PATCH_EVENT, (data) => show(patched(newest, JSON.parse(data) as StatePatch) as PageState));
      events.addEventListener("error", async () => {
        setLost((last) => last ?? NO_ANSWER);
        // A lost connection is opened again by the browser itself.
        if (events.readyState !== EventSource.CLOSED) return;
        const failed = events;
        timer = setTimeout(connect, RETRY_MS);
        const reason = await lostReason("api/state");
        if (events === failed) setLost(reason);
      });
    };
    connect();
    return () => {
      clearTimeout(timer);
      silence.stop();
      events.close();
    };
  }, []);
  return { state, lost, connections };
}
