import type { ExperimentCounts } from "../../shared/faults";
import { integerText } from "../ui/format";
import type { StatusKind } from "../ui/status";

export interface ExperimentVerdict {
  readonly kind: StatusKind;
  readonly text: string;
}

/** Says in a sentence how far an experiment is, and what has come of it. @param broken titles of the faults that are on */
export function verdict(broken: readonly string[], experiment: ExperimentCounts | undefined): ExperimentVerdict {
  if (experiment === undefined) {
    return {
      kind: "waiting",
      text: "Choose a fault. While it is on, 10 lines a second go into each log group, and each is followed until it is found.",
    };
  }
  if (broken.length > 0) return { kind: "bad", text: `Broken: ${broken.join(", ")}.` };
  const { phase, put, inFlight, lost, duplicated } = experiment;
  const events = (count: number) => (count === 1 ? "1 event" : `${integerText(count)} events`);
  if (phase === "faults") return { kind: "busy", text: "Lines are still put around the one that was to do harm." };
  if (phase === "healed") {
    return {
      kind: "busy",
      text: `Healed: ${events(inFlight)} in flight. Lambda tries a batch again up to 10 seconds after the last time.`,
    };
  }
  if (phase === "checking") return { kind: "busy", text: "All have arrived. The index is asked for copies of each." };
  const outcome = `${integerText(lost)} lost, ${integerText(duplicated)} duplicated, of ${events(put)}.`;
  return lost + duplicated === 0
    ? { kind: "good", text: `Healed: ${outcome}` }
    : { kind: "bad", text: `It is over: ${outcome}` };
}
