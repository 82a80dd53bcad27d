import { compare } from "./disagreement";
import { mutatedEnvelope } from "./envelopes";
import { minimized } from "./minimize";

// A failure says how to see it again, in the variables' own words.
const { FUZZ_RUNS = "10000", FUZZ_SEED, FUZZ_RUN } = process.env;
const seed = Number(FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 32));
const first = Number(FUZZ_RUN ?? 0);
const runs = FUZZ_RUN === undefined ? Number(FUZZ_RUNS) : 1;

function failure(run: number, bytes: Buffer): string {
  const small = minimized(bytes, (shorter) => compare(shorter).difference !== undefined);
  const { difference } = compare(small);
  const again = `FUZZ_SEED=${seed} FUZZ_RUN=${run} npx jest __tests__/fuzz`;
  return `${difference}\n\nThe smallest such envelope:\n${small}\nin base64: ${small.toString("base64")}\n\nTo see it again: ${again}`;
}

describe("the fast path, and the plain path where it leaves an envelope to that", () => {
  it(
    "writes lines, log group and archive as an independent reference does, whatever the envelope",
    () => {
      process.stdout.write(`Fuzzing ${runs} envelopes, FUZZ_SEED=${seed}\n`);
      const taken = { isFast: 0, isEnvelope: 0 };
      for (let run = first; run < first + runs; run++) {
        const bytes = mutatedEnvelope(seed, run);
        const { isFast, isEnvelope, difference } = compare(bytes);
        if (difference !== undefined) throw new Error(failure(run, bytes));
        if (isFast) taken.isFast++;
        if (isEnvelope) taken.isEnvelope++;
      }
      if (FUZZ_RUN !== undefined) return;
      expect(taken.isFast / runs).toBeGreaterThan(1 / 3);
      expect(taken.isEnvelope / runs).toBeGreaterThan(1 / 2);
      expect(taken.isEnvelope).toBeGreaterThan(taken.isFast);
    },
    60_000 + Number(FUZZ_RUNS),
  );
});
