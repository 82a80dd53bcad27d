import type { IndexVariables } from "../../core/events/configured-layouts";
import { compare } from "./disagreement";
import { mutatedEnvelope } from "./envelopes";
import { minimized } from "./minimize";
import { ALL_NAMES } from "./names";
import { fuzzSettings } from "./settings";

const { seed, first, runs, hasShares } = fuzzSettings(process.env);

/** The command that tries the same again, in the variables' own words. */
const again = (which: string) => `To see it again: FUZZ_SEED=${seed} ${which} npx jest __tests__/fuzz`;

function differenceText(bytes: Buffer, names: IndexVariables): string {
  const small = minimized(bytes, (shorter) => compare(shorter, names).difference !== undefined);
  const { difference } = compare(small, names);
  return `${difference}\n\nwith ${JSON.stringify(names)}\n\nThe smallest such envelope:\n${small}\nin base64: ${small.toString("base64")}`;
}

/** Calls `check`, and adds to whatever it throws how to see it again. */
function repeatable<T>(which: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${again(which)}`, { cause: error });
  }
}

describe("the fast path, and the plain path where it leaves an envelope to that", () => {
  it(
    "writes lines, log group and archive as an independent reference does, whatever the envelope",
    () => {
      process.stdout.write(`Fuzzing ${runs} envelopes, FUZZ_SEED=${seed}\n`);
      const taken = { isFast: 0, isEnvelope: 0 };
      for (let run = first; run < first + runs; run++) {
        repeatable(`FUZZ_RUN=${run}`, () => {
          const bytes = mutatedEnvelope(seed, run);
          const names = ALL_NAMES[run % ALL_NAMES.length]!;
          const { isFast, isEnvelope, difference } = compare(bytes, names);
          if (difference !== undefined) throw new Error(differenceText(bytes, names));
          if (isFast) taken.isFast++;
          if (isEnvelope) taken.isEnvelope++;
        });
      }
      if (!hasShares) return;
      repeatable(`FUZZ_RUNS=${runs}`, () => {
        expect(taken.isFast / runs).toBeGreaterThan(1 / 3);
        expect(taken.isEnvelope / runs).toBeGreaterThan(1 / 2);
        expect(taken.isEnvelope).toBeGreaterThan(taken.isFast);
      });
    },
    60_000 + runs,
  );
});
