import type { AwsClients } from "../local/aws/clients";
import { generateLines } from "../local/log-events/generate";
import { putLines } from "../local/log-events/put";
import { putIntoRunning } from "../local/log-events/put-into-running";
import { sourceOf } from "../local/options";
import { appliedState } from "../local/reconciler/applied-state";
import { functionName } from "../local/reconciler/delivered-groups";
import { logFileIn } from "../local/start/session";
import { quoted, shown } from "../tools/text/one-line";
import { UsageError } from "../tools/usage/usage-error";
import { invocationIn, type LoggedInvocation } from "./invocation";
import { LogTail } from "./log-tail";

export interface SampleOptions {
  readonly logGroup: string;
  /** Its lines are put; undefined: generated ones, one of each kind. */
  readonly file: string | undefined;
}

/** Number of lines to generate in addition to the classic three: one of each kind. */
const GENERATED_LINES = 5;

/** Time for an invocation to begin and to be logged, in addition to its batching window and its timeout. */
const MARGIN_SECONDS = 15;

/**
 * Puts sample events into a log group of the running pipeline, and waits until its function has been invoked.
 *
 * @returns the number of events, and the first invocation that ended after the put
 * @throws UsageError for a log group that is not delivered and a file that cannot be put
 * @throws Error when there is no invocation, or `signal` aborts
 */
export async function invokeWithSamples(
  clients: AwsClients,
  emulatorUrl: string,
  logDirectory: string,
  samples: SampleOptions,
  signal: AbortSignal,
): Promise<{ events: number; invocation: LoggedInvocation }> {
  const { name, waitSeconds } = await functionOf(clients, emulatorUrl, samples.logGroup);
  const log = new LogTail(logFileIn(logDirectory, name));
  const events = await put(clients, emulatorUrl, samples);
  const timeout = AbortSignal.timeout(waitSeconds * 1000);
  const invocation = await log.until(invocationIn, AbortSignal.any([signal, timeout])).catch((error) => {
    if (!timeout.aborted) throw error;
    throw new Error(`no invocation of ${name} ended within ${waitSeconds} s; check it by npm start -- status`);
  });
  return { events, invocation };
}

async function put({ logs }: AwsClients, emulatorUrl: string, { logGroup, file }: SampleOptions): Promise<number> {
  if (file === undefined) {
    const lines = generateLines([logGroup], Date.now(), GENERATED_LINES);
    await putLines(logs, sourceOf(lines));
    return lines.length;
  }
  const options = { skipInvalidLines: false, timeField: undefined, onProgress: () => {}, note: () => {} };
  const counts = await putIntoRunning({ ...options, emulatorUrl, inputs: [{ file, logGroup }] });
  return counts.get(logGroup) ?? 0;
}

/** Finds the function that a log group's events go to, and the time until it must have been invoked. */
async function functionOf(
  { lambda }: Pick<AwsClients, "lambda">,
  emulatorUrl: string,
  logGroup: string,
): Promise<{ name: string; waitSeconds: number }> {
  const state = appliedState(emulatorUrl, lambda);
  const [mappings, subscriptions] = await Promise.all([state.mappings(), state.subscriptions()]);
  const streams = subscriptions.filter((one) => one.logGroup === logGroup).map(({ streamArn }) => streamArn);
  const mapping = mappings.find(({ EventSourceArn }) => streams.includes(EventSourceArn!));
  if (!mapping) {
    const delivered = [...new Set(subscriptions.map((one) => shown(one.logGroup)))].join(", ");
    throw new UsageError([`--log-group is ${quoted(logGroup)}. Allowed: those that are delivered: ${delivered}.`]);
  }
  const { timeoutSeconds } = await state.configuration(mapping.FunctionArn!);
  const window = mapping.MaximumBatchingWindowInSeconds ?? 0;
  return { name: functionName(mapping.FunctionArn!), waitSeconds: window + timeoutSeconds + MARGIN_SECONDS };
}
