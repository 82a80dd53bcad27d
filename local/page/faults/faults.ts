import { setTimeout as sleep } from "node:timers/promises";
import { engineFaults } from "./engine-faults";
import type { FaultDefinition } from "./fault";
import { lineFaults } from "./line-faults";
import { proxyFaults } from "./proxy-faults";

/** Short enough to hit most invocations, long enough that some end. */
const KILL_INTERVAL_MS = 700;

const functionFaults: readonly FaultDefinition[] = [
  {
    id: "function-killed",
    title: "Kill the function",
    site: "function",
    does: "Every 0.7 seconds all processes of the functions are killed.",
    expect: "Lambda repeats what had not been acknowledged; ids keep events that were stored from being stored twice.",
    async begin({ killFunctions }, strike) {
      const healed = new AbortController();
      const killing = (async () => {
        while (!healed.signal.aborted) {
          await killFunctions();
          strike();
          await sleep(KILL_INTERVAL_MS, undefined, { signal: healed.signal }).catch(() => {});
        }
      })();
      return async () => {
        healed.abort();
        await killing;
      };
    },
  },
];

/** All faults, in the order in which the page shows them. */
export const PAGE_FAULTS: readonly FaultDefinition[] = [
  ...functionFaults,
  ...proxyFaults,
  ...engineFaults,
  ...lineFaults,
];
