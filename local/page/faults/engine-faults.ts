import type { FaultDefinition, PageFaultTargets } from "./fault";

/** Sets a block on all indices of the pipeline that exist, or removes it. @throws Error with the engine's response */
async function block({ searchEndpoint, indexPattern }: PageFaultTargets, name: string, isOn: boolean): Promise<void> {
  const path = `/${encodeURIComponent(indexPattern)}/_settings?allow_no_indices=true&expand_wildcards=open`;
  const response = await fetch(searchEndpoint + path, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ index: { blocks: { [name]: isOn ? true : null } } }),
  });
  if (!response.ok) throw new Error(`The search engine answered ${response.status}: ${await response.text()}`);
}

const blocking =
  (name: string): FaultDefinition["begin"] =>
  async (targets, strike) => {
    await block(targets, name, true);
    strike();
    return () => block(targets, name, false);
  };

const engine = { site: "search engine", needsOwnEngine: true } as const;

export const engineFaults: readonly FaultDefinition[] = [
  {
    ...engine,
    id: "index-blocked",
    title: "Blocked index",
    does: "The indices get index.blocks.write: they take no further documents.",
    expect: "The forwarder tells a block from an event that does not fit, and returns the batch to Lambda.",
    begin: blocking("write"),
  },
  {
    ...engine,
    id: "disk-full",
    title: "Full disk",
    does: "The indices get read_only_allow_delete, as the engine sets it at the flood stage of its disk.",
    expect: "The same; the error says that disk space has to be freed.",
    begin: blocking("read_only_allow_delete"),
  },
];
