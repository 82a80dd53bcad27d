import { setTimeout as sleep } from "node:timers/promises";
import type { FaultyProxy, RequestFault } from "../local/faults/proxy";
import { Random } from "../tools/random";
import { throttleSome } from "./applications/throttled-records";
import type { CountsByName } from "./counts-by-name";
import type { FaultName, FaultPlace, FaultWindow } from "./fault-plan";

/** The parts that faults are injected into. */
export interface FaultTargets {
  readonly searchProxy: FaultyProxy;
  readonly archiveProxy: FaultyProxy;
  readonly queueProxy: FaultyProxy;
  readonly streamProxy: FaultyProxy;
  restartSearch(): Promise<void>;
  readonly lambda: { kill(): Promise<void>; freeze(): void };
  /** Blocks writes to all existing indices, or allows them again. */
  blockIndices(blocked: boolean): Promise<void>;
  /** Puts a message on the queue that it has delivered already. @default the lane has no queue */
  deliverAgain?(random: Random): Promise<void>;
  /** Log into the stream. @default the lane has none */
  readonly applications?: readonly FaultyApplication[];
}

/** An application whose process can be ended and held up. */
export interface FaultyApplication {
  kill(): Promise<void>;
  killAfterFlush(): Promise<void>;
  freeze(sleep: () => Promise<unknown>): Promise<void>;
}

/** The share of requests that meet the fault: the others pass, so that batches are left partly delivered. */
const SHARE = 0.6;
const TOO_MANY = '{"error":{"type":"rejected_execution_exception"},"status":429}';

/** Makes the fault of one request, by the fault's name. */
const REQUEST_FAULTS: Partial<Record<FaultName, (random: Random) => RequestFault>> = {
  "resets before the request": () => ({ kind: "reset", when: "before" }),
  "resets during the request": () => ({ kind: "reset", when: "during" }),
  "resets after the request": () => ({ kind: "reset", when: "after" }),
  "answers late": (random) => ({ kind: "late", ms: random.integer(100, 6_000) }),
  "answers by half": () => ({ kind: "cut" }),
  "answers 429": (random) => ({ kind: "answer", status: 429, headers: retryAfter(random), body: TOO_MANY }),
  "answers 503": (random) => ({ kind: "answer", status: 503, headers: retryAfter(random), body: "" }),
  "answers 503 SlowDown": () => ({ kind: "answer", status: 503, body: "<Error><Code>SlowDown</Code></Error>" }),
  "throttles records": (random) => ({ kind: "part", of: (body) => throttleSome(body, random) }),
  "answers 500": () => ({ kind: "answer", status: 500, body: "<Error><Code>InternalError</Code></Error>" }),
};

/** Half of the responses have the header. */
function retryAfter(random: Random): Record<string, string> {
  return random.chance(0.5) ? { "retry-after": String(random.integer(0, 2)) } : {};
}

function hit(application: FaultyApplication, name: FaultName, pause: () => Promise<unknown>): Promise<void> {
  if (name === "frozen") return application.freeze(pause);
  return name === "killed" ? application.kill() : application.killAfterFlush();
}

/** Injects the window's fault into `place` for the window's duration, then undoes it. Counts each fault in `faults`. */
export async function inject(
  place: FaultPlace,
  window: FaultWindow,
  targets: FaultTargets,
  faults: CountsByName,
): Promise<void> {
  const { name } = window;
  const random = new Random(window.seed);
  const end = performance.now() + window.endMs - window.startMs;
  const count = () => faults.add(`${place} ${name}`);
  if (place === "function") {
    while (performance.now() < end) {
      await sleep(random.integer(100, 3_000));
      count();
      if (name === "killed") await targets.lambda.kill();
      else targets.lambda.freeze();
    }
    return;
  }
  if (place === "application") {
    while (performance.now() < end) {
      await sleep(random.integer(100, 3_000));
      count();
      await hit(random.pick(targets.applications ?? []), name, () => sleep(random.integer(100, 4_000)));
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
    await sleep(end - performance.now());
    return targets.blockIndices(false);
  }
  if (name === "delivers again") {
    for (; performance.now() < end; await sleep(random.integer(50, 500))) {
      count();
      await targets.deliverAgain?.(random);
    }
    return;
  }
  const proxy = targets[`${place}Proxy`];
  const requestFault = REQUEST_FAULTS[name];
  if (!requestFault) {
    count();
    await proxy.refuse();
    await sleep(end - performance.now());
    return proxy.accept();
  }
  proxy.fault = () => {
    if (!random.chance(SHARE)) return undefined;
    count();
    return requestFault(random);
  };
  await sleep(end - performance.now());
  proxy.fault = () => undefined;
}
