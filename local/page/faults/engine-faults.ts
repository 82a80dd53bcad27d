import { blockIndices, type IndexBlock } from "../../faults/block-indices";
import type { FaultDefinition } from "./fault";

const blocking =
  (block: IndexBlock): FaultDefinition["begin"] =>
  async ({ searchEndpoint, indexPattern }, strike) => {
    await blockIndices(searchEndpoint, indexPattern, block, true);
    strike();
    return () => blockIndices(searchEndpoint, indexPattern, block, false);
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
