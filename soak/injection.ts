import { setTimeout as sleep } from "node:timers/promises";
import { CountsByName } from "./counts-by-name";
import type { FaultPlace, FaultPlan } from "./fault-plan";
import { type FaultTargets, inject } from "./inject";

/** The faults that are being injected. */
export interface Injection {
  /** Injected ones so far. */
  readonly faults: CountsByName;
  /** Milliseconds since its start. */
  elapsedMs(): number;
  /** Names of the current ones. */
  current(): string;
  /** Resolves when the last one has ended. */
  readonly ended: Promise<unknown>;
}

/** Starts to inject what is planned for the places, one fault after the other in each. */
export function startInjection(places: readonly FaultPlace[], plan: FaultPlan, targets: FaultTargets): Injection {
  const faults = new CountsByName();
  const started = performance.now();
  const elapsedMs = () => performance.now() - started;
  const current = new Map<FaultPlace, string>();
  const injectInto = async (place: FaultPlace) => {
    for (const window of plan[place]) {
      await sleep(Math.max(0, window.startMs - elapsedMs()));
      current.set(place, window.name);
      await inject(place, window, targets, faults);
      current.delete(place);
    }
  };
  return {
    ...{ faults, elapsedMs },
    current: () => [...current].map(([place, name]) => `${place} ${name}`).join(", ") || "none",
    ended: Promise.all(places.map(injectInto)),
  };
}

const PROGRESS_SECONDS = 10;

/** Says every ten seconds what has been put, and which faults there are. @param put returns what has been put */
export function reportProgress(injection: Injection, say: (line: string) => void, put: () => string): { stop(): void } {
  const timer = setInterval(() => {
    const time = new Date(injection.elapsedMs()).toISOString().slice(11, 19);
    say(`${time}  ${put()}; current faults: ${injection.current()}`);
  }, PROGRESS_SECONDS * 1000);
  return { stop: () => clearInterval(timer) };
}
