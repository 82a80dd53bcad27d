/** A sender as the end of the process knows it. */
export interface Endable {
  flush(seconds?: number): Promise<boolean>;
  /** Keeps what is left, synchronously, and ends calls that are not answered. */
  giveUp(): void;
}

const SIGNALS = ["SIGTERM", "SIGINT"] as const;

/** How often lines are flushed when the event loop is empty: a listener of "beforeExit" may log a line each time. */
const MAX_ROUNDS = 3;

const senders = new Set<Endable>();

/** Listeners of all copies of this package that a program has loaded. */
const OWN_LISTENERS = Symbol.for("aws-logging-pipeline-logger.listeners");
const shared = globalThis as typeof globalThis & { [OWN_LISTENERS]?: Set<unknown> };
shared[OWN_LISTENERS] ??= new Set();
const ownListeners = shared[OWN_LISTENERS];

let rounds = 0;
let isEnding = false;

/** Flushes a sender when the process ends by itself, or by a signal that nobody else handles. */
export function registerSender(sender: Endable): void {
  senders.add(sender);
  if (senders.size > 1) return;
  process.on("beforeExit", onBeforeExit);
  process.on("exit", onExit);
  for (const signal of SIGNALS) process.on(signal, onSignal);
  ownListeners.add(onSignal);
}

/** Forgets a sender. */
export function unregisterSender(sender: Endable): void {
  if (!senders.delete(sender) || senders.size > 0) return;
  process.removeListener("beforeExit", onBeforeExit);
  process.removeListener("exit", onExit);
  for (const signal of SIGNALS) process.removeListener(signal, onSignal);
}

/**
 * Flushes all loggers that are flushed at the end of the process.
 *
 * @param seconds how long to wait. @default each logger's `flushSeconds`
 * @returns whether no line is only in memory any more
 */
export async function flushAll(seconds?: number): Promise<boolean> {
  const results = await Promise.all([...senders].map((sender) => sender.flush(seconds)));
  return results.every((isDone) => isDone);
}

function onBeforeExit(): void {
  if (rounds++ >= MAX_ROUNDS) return;
  // After the listeners that are still to come, which may log.
  setImmediate(async () => {
    if (!(await flushAll())) onExit();
  });
}

function onExit(): void {
  for (const sender of senders) sender.giveUp();
}

async function onSignal(signal: NodeJS.Signals): Promise<void> {
  // Somebody else decides whether the process ends, and until then lines may come.
  if (hasOtherListeners(signal)) {
    await flushAll();
    return;
  }
  // Whoever sends a signal twice does not want to wait.
  if (!isEnding) {
    isEnding = true;
    await flushAll();
  }
  onExit();
  endBy(signal);
}

/** Ends the process as the signal would have without this package. */
function endBy(signal: NodeJS.Signals): void {
  process.removeListener(signal, onSignal);
  // Another copy of this package, which is not ready yet, does it.
  if (!process.listeners(signal).some((listener) => ownListeners.has(listener))) process.kill(process.pid, signal);
}

function hasOtherListeners(signal: NodeJS.Signals): boolean {
  const others = process.listeners(signal).filter((listener) => !ownListeners.has(listener));
  return others.length > signalExitListeners();
}

/**
 * How many listeners the package signal-exit has, which many programs have loaded: they end the process once no other listener is
 * left. Source: signal-exit 3 and 4, `count` of its emitter.
 */
function signalExitListeners(): number {
  const { __signal_exit_emitter__: three } = process as { __signal_exit_emitter__?: { count?: number } };
  const four = (globalThis as { [SIGNAL_EXIT_4]?: { count?: number } })[SIGNAL_EXIT_4];
  return (three?.count ?? 0) + (four?.count ?? 0);
}

const SIGNAL_EXIT_4 = Symbol.for("signal-exit emitter");
