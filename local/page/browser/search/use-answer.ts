import { useContext, useEffect, useState } from "preact/hooks";
import { defaultView, type HitPlace, queryOfView } from "../../shared/search-view";
import { getJson } from "../ui/api";
import { Connections } from "../ui/connections";

/** The query of an API about one event. */
export const placeQuery = (event: HitPlace): URLSearchParams =>
  new URLSearchParams(queryOfView({ ...defaultView(), event }));

/** Loads once for each query and connection; while the next one loads, there is neither. */
export function useAnswer<T>(path: string, query: URLSearchParams): { answer?: T; error?: string } {
  const [state, setState] = useState<{ of?: string; answer?: T; error?: string }>({});
  const key = `${path}?${query}`;
  const connections = useContext(Connections);
  useEffect(() => {
    const controller = new AbortController();
    getJson<T>(path, query, controller.signal).then(
      (answer) => setState({ of: key, answer }),
      ({ message }: Error) => !controller.signal.aborted && setState({ of: key, error: message }),
    );
    return () => controller.abort();
  }, [key, connections]);
  return state.of === key ? state : {};
}
