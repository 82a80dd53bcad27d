import { useEffect } from "preact/hooks";
import { isOver } from "../shared/page-state";
import { SECTIONS } from "./sections";
import { Connections } from "./ui/connections";
import { EndingPanel } from "./ui/ending";
import { Header } from "./ui/header";
import { useAddress } from "./ui/use-address";
import { usePageState } from "./ui/use-page-state";

export function WholePage() {
  const { state, lost, connections } = usePageState();
  const [{ path, query }, setAddress] = useAddress();
  const section = SECTIONS.find((one) => one.path === path) ?? SECTIONS[0]!;
  const { title, component: Component } = section;
  useEffect(() => {
    document.title = `${title} · Logging pipeline`;
  }, [title]);
  const isAnswering = lost === undefined && !(state && isOver(state.phase));
  return (
    <Connections.Provider value={connections}>
      <Header current={section} state={state} isConnected={lost === undefined} />
      <main class={isAnswering ? undefined : "ended"}>
        <EndingPanel state={state} lost={lost} />
        {state ? (
          <Component
            key={section.path}
            state={state}
            isAnswering={isAnswering}
            query={query}
            setQuery={(next, isStep) => setAddress({ path: section.path, query: next }, isStep)}
          />
        ) : (
          lost === undefined && <p class="quiet">Waiting for the pipeline.</p>
        )}
      </main>
    </Connections.Provider>
  );
}
