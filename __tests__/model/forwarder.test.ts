import fc from "fast-check";
import { histories } from "./histories";
import { happen } from "./world";

// A failure says how to see it again, in the variables' own words.
const { MODEL_RUNS = "300", MODEL_SEED, MODEL_PATH } = process.env;
const runs = Number(MODEL_RUNS);

describe("the forwarder, invoked by its event source mapping", () => {
  it(
    "loses nothing, duplicates nothing and blocks no shard, whatever fails on the way",
    () =>
      fc.assert(
        fc.asyncProperty(histories, async (history) => void (await happen(history))),
        {
          numRuns: runs,
          ...(MODEL_SEED && { seed: Number(MODEL_SEED) }),
          ...(MODEL_PATH && { path: MODEL_PATH, endOnFailure: true }),
          reporter(run) {
            if (!run.failed) return;
            const again = `MODEL_SEED=${run.seed} MODEL_PATH=${run.counterexamplePath} npx jest __tests__/model`;
            const why = (run.errorInstance as Error).message;
            throw new Error(`${why}\n\n${fc.defaultReportMessage(run)}\n\nTo see it again: ${again}`);
          },
        },
      ),
    runs * 100,
  );
});
