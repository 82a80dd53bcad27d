import fc from "fast-check";
import { histories } from "./history";
import { happen } from "./world";

const RUNS = Number(process.env.MODEL_RUNS ?? 300);

describe("the forwarder behind its event source mapping", () => {
  it(
    "loses nothing and doubles nothing, whatever fails, in any order",
    () =>
      fc.assert(
        fc.asyncProperty(histories, async (history) => void (await happen(history))),
        {
          numRuns: RUNS,
          ...(process.env.MODEL_SEED && { seed: Number(process.env.MODEL_SEED) }),
          ...(process.env.MODEL_PATH && { path: process.env.MODEL_PATH }),
        },
      ),
    RUNS * 100,
  );
});
