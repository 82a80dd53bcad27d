import { useContext, useEffect, useRef, useState } from "preact/hooks";
import type { QuarantineAnswer, QuarantineRows } from "../../shared/quarantine";
import { getJson } from "../ui/api";
import { Connections } from "../ui/connections";
import type { QuarantineView } from "./view";

/** How often what is in quarantine is asked for, and while a replay runs, in milliseconds. */
const EVERY_MS = 3_000;
const WHILE_RUNNING_MS = 1_000;

export interface QuarantineState {
  readonly answer?: QuarantineAnswer;
  readonly error?: string;
}

/** Asks again and again, while somebody looks and the pipeline answers. @returns also a function that asks at once */
export function useQuarantine({ origin }: QuarantineView, isAnswering: boolean): [QuarantineState, () => void] {
  const [state, setState] = useState<QuarantineState>({});
  const [round, setRound] = useState(0);
  const answering = useRef(isAnswering);
  answering.current = isAnswering;
  const isRunning = state.answer?.replay !== undefined && state.answer.replay.phase !== "over";
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    let timer: ReturnType<typeof setTimeout>;
    const query = new URLSearchParams(origin === undefined ? {} : { origin });
    const again = () => {
      const next = () => (document.hidden || !answering.current ? again() : ask());
      timer = setTimeout(next, isRunning ? WHILE_RUNNING_MS : EVERY_MS);
    };
    const ask = () => {
      getJson<QuarantineAnswer>("api/quarantine", query, signal)
        .then((answer) => setState({ answer }))
        .catch(({ message }: Error) => signal.aborted || setState((last) => ({ ...last, error: message })))
        .finally(() => signal.aborted || again());
    };
    ask();
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
  }, [origin, isRunning, round]);
  return [state, () => setRound((last) => last + 1)];
}

export interface RowsState {
  readonly rows?: QuarantineRows;
  readonly error?: string;
  readonly isLoading: boolean;
}

/** Reads the first page of rows, and more when asked for. @param version of what is in quarantine: another one reads again */
export function useRows(query: URLSearchParams, version: number): RowsState & { more(): void } {
  const [state, setState] = useState<RowsState>({ isLoading: true });
  const key = query.toString();
  const connections = useContext(Connections);
  const load = (after: string | undefined, signal?: AbortSignal) => {
    const asked = new URLSearchParams(key);
    if (after !== undefined) asked.set("after", after);
    setState((last) => ({ ...last, isLoading: true }));
    getJson<QuarantineRows>("api/quarantine/rows", asked, signal).then(
      (rows) =>
        setState(({ rows: last }) => ({
          rows: after === undefined ? rows : { ...rows, rows: [...(last?.rows ?? []), ...rows.rows] },
          isLoading: false,
        })),
      ({ message }: Error) => signal?.aborted || setState((last) => ({ ...last, error: message, isLoading: false })),
    );
  };
  useEffect(() => {
    const controller = new AbortController();
    load(undefined, controller.signal);
    return () => controller.abort();
  }, [key, version, connections]);
  return { ...state, more: () => state.rows?.next && load(state.rows.next) };
}
