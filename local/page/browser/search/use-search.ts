import { useContext, useEffect, useRef, useState } from "preact/hooks";
import { mergeRows } from "../../shared/merge-rows";
import type { EventCursor, SearchAnswer } from "../../shared/search-answers";
import { queryOfView, type SearchView } from "../../shared/search-view";
import { getJson } from "../ui/api";
import { Connections } from "../ui/connections";

interface KnownSearch {
  /** The question that `answer` is of. */
  readonly query: string | undefined;
  /** The last one, also while the next is asked for; none of another question than the one that has failed. */
  readonly answer: SearchAnswer | undefined;
  readonly error: string | undefined;
  readonly isLoading: boolean;
}

export interface SearchState extends KnownSearch {
  /** Asks for the next page. */
  more(): void;
}

/** What is asked of the server: an opened event is not. */
export const askedQuery = (view: SearchView): URLSearchParams =>
  new URLSearchParams(queryOfView({ ...view, event: undefined, isAround: false, isLive: false }));

/** Looks for what the view says. @param round another one asks again */
export function useSearch(view: SearchView, round: unknown): SearchState {
  const [state, setState] = useState<KnownSearch>({
    ...{ query: undefined, answer: undefined, error: undefined, isLoading: true },
  });
  const query = askedQuery(view).toString();
  const connections = useContext(Connections);
  const controller = useRef<AbortController | undefined>(undefined);

  const ask = (after: EventCursor | undefined) => {
    controller.current?.abort();
    const current = new AbortController();
    controller.current = current;
    const { signal } = current;
    setState((last) => ({ ...last, isLoading: true }));
    const asked = new URLSearchParams(query);
    if (after) asked.set("after", `${after[0]}:${after[2]}:${after[1]}`);
    getJson<SearchAnswer>("api/search", asked, signal).then(
      (answer) =>
        setState(({ answer: last }) => ({
          ...{ query, error: undefined, isLoading: false },
          answer: after && last ? together(last, answer) : answer,
        })),
      (error: Error) => {
        if (signal.aborted) return;
        setState((last) => ({
          ...{ query, error: error.message, isLoading: false },
          answer: last.query === query ? last.answer : undefined,
        }));
      },
    );
  };

  useEffect(() => {
    ask(undefined);
    return () => controller.current?.abort();
  }, [query, round, connections]);

  return { ...state, more: () => state.answer?.next && ask(state.answer.next) };
}

/** The pages so far and the next one. */
const together = (last: SearchAnswer, page: SearchAnswer): SearchAnswer => ({
  ...{ ...page, summary: last.summary, period: last.period, rows: mergeRows(last.rows, page.rows) },
  ...{ isWhole: last.isWhole && page.isWhole, notes: [...new Set([...last.notes, ...page.notes])] },
});
