import { setTimeout as sleep } from "node:timers/promises";
import { Random } from "../tools/random";
import type { FaultName, Place, Window } from "./plan";
import type { FaultyProxy, RequestFault } from "./proxy";
import type { Tally } from "./tally";

/** What faults are done to. */
export interface Targets {
  readonly searchProxy: FaultyProxy;
  readonly archiveProxy: FaultyProxy;
  restartSearch(): Promise<void>;
  readonly lambda: { kill(): Promise<void>; freeze(): void };
  /** Blocks writes to all indices that exist, or allows them again. */
  blockIndices(blocked: boolean): Promise<void>;
}

/** The part of the requests that meet the fault: some get through, so that work is left half done. */
const SHARE = 0.6;
const TOO_MANY = '{"error":{"type":"rejected_execution_exception"},"status":429}';

/** What happens to one request, by the fault's name. */
const REQUEST_FAULTS: Partial<Record<FaultName, (random: Random) => RequestFault>> = {
  "resets before the request": () => ({ kind: "reset", when: "before" }),
  "resets during the request": () => ({ kind: "reset", when: "during" }),
  "resets after the request": () => ({ kind: "reset", when: "after" }),
  "answers late": (random) => ({ kind: "late", ms: random.integer(100, 6_000) }),
  "answers by half": () => ({ kind: "cut" }),
  "answers 429": (random) => ({ kind: "answer", status: 429, headers: retryAfter(random), body: TOO_MANY }),
  "answers 503": (random) => ({ kind: "answer", status: 503, headers: retryAfter(random), body: "" }),
  "answers 503 SlowDown": () => ({ kind: "answer", status: 503, body: "<Error><Code>SlowDown</Code></Error>" }),
  "answers 500": () => ({ kind: "answer", status: 500, body: "<Error><Code>InternalError</Code></Error>" }),
};

/** Some say when to come back, some do not. */
function retryAfter(random: Random): Record<string, string> {
  return random.chance(0.5) ? { "retry-after": String(random.integer(0, 2)) } : {};
}

/** Does to `place` what `window` says, from now until its time is over; then all is as before. Each fault is counted. */
export async function inject(place: Place, window: Window, targets: Targets, faults: Tally): Promise<void> {
  const { name } = window;
  const random = new Random(window.seed);
  const end = Date.now() + window.endMs - window.startMs;
  const count = () => faults.add(`${place} ${name}`);
  if (place === "function") {
    while (Date.now() < end) {
      await sleep(random.integer(100, 3_000));
      count();
      if (name === "killed") await targets.lambda.kill();
      else targets.lambda.freeze();
    }
    return;
  }
  if (name === "killed") {
    count();
    return targets.restartSearch();
  }
  if (name === "blocks its indices") {
    count();
    await targets.blockIndices(true);
    await sleep(end - Date.now());
    return targets.blockIndices(false);
  }
  const proxy = place === "search" ? targets.searchProxy : targets.archiveProxy;
  const requestFault = REQUEST_FAULTS[name];
  if (!requestFault) {
    count();
    await proxy.refuse();
    await sleep(end - Date.now());
    return proxy.accept();
  }
  proxy.fault = () => {
    if (!random.chance(SHARE)) return undefined;
    count();
    return requestFault(random);
  };
  await sleep(end - Date.now());
  proxy.fault = () => undefined;
}
