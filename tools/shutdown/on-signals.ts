/** The terminal and npm may both send a signal for one Ctrl-C. Signals within this time count as one, in milliseconds. */
const SAME_MS = 500;

/**
 * Takes one step of a shutdown for each signal, whichever of `signals` it is: the first in good order, further ones
 * quicker. A signal after the last step has its default effect: it ends the process.
 *
 * @param signals handled from now on
 */
export function onSignals(
  signals: readonly NodeJS.Signals[],
  steps: readonly ((signal: NodeJS.Signals) => void)[],
): void {
  const remaining = [...steps];
  let lastMs = Number.NEGATIVE_INFINITY;
  const takeStep = (signal: NodeJS.Signals) => {
    const now = performance.now();
    if (now - lastMs < SAME_MS) return;
    lastMs = now;
    const step = remaining.shift();
    if (step) return step(signal);
    process.off(signal, takeStep);
    process.kill(process.pid, signal);
  };
  for (const signal of signals) process.on(signal, takeStep);
}
