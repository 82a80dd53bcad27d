import { setTimeout as sleep } from "node:timers/promises";
import { oneLine } from "../../tools/text/one-line";
import type { AwsClients } from "../aws/clients";
import { startEventSourceMapping } from "../event-source-mapping/mapping";
import { AppliedFunction } from "../lambda/applied-function";
import { type MetricsPublisher, publishMetrics } from "../lambda/metrics-publisher";
import { appliedState } from "./applied-state";
import { loadProblem } from "./changes";
import { functionName } from "./delivered-groups";
import { Reconciler } from "./reconciler";

const INTERVAL_MS = 1_000;
/** Consecutive failures, an interval apart, before one is reported. */
const FAILURES_BEFORE_REPORT = 5;

export interface AppliedOptions {
  readonly clients: AwsClients;
  /** Variables that the functions need on this machine, in addition to the applied ones. */
  readonly environment: Readonly<Record<string, string>>;
  /** The Node.js to run the functions on. @default this process's */
  readonly nodePath?: string;
  /** @returns a log for the lines of this function and of its mapping */
  logTo?(functionName: string): (line: string) => void;
  /** Called with a line for each applied change, such as `bar: batching window 5 s → 1 s`. */
  onChange?(line: string): void;
}

export interface AppliedMappings {
  /** Kills the functions; resolves when all have ended. */
  stop(): Promise<void>;
}

/**
 * Runs the event source mappings and functions that exist in the emulator, in place of Lambda. Applied changes take effect
 * within about a second. The functions' metrics go to the emulator's CloudWatch.
 *
 * @throws Error when the emulator does not answer
 */
export async function startAppliedMappings(options: AppliedOptions): Promise<AppliedMappings> {
  const { clients, environment, nodePath } = options;
  const say = options.onChange ?? (() => {});
  const publishers: MetricsPublisher[] = [];
  const logs = new Map<string, (line: string) => void>();
  const logOf = (name: string) => {
    if (!logs.has(name)) logs.set(name, options.logTo?.(name) ?? (() => {}));
    return logs.get(name)!;
  };

  const reconciler = new Reconciler({
    state: appliedState(clients),
    say,
    createFunction(name, names) {
      const log = logOf(name);
      // Not an ERROR, which ends an invocation: its events are delivered.
      const metrics = publishMetrics(clients.cloudwatch, (problem) => log(`WARN ${problem}`));
      publishers.push(metrics);
      return new AppliedFunction({
        environment,
        ...(nodePath !== undefined && { nodePath }),
        onLine(line) {
          log(line);
          metrics.add(line);
        },
        onLoadError: (error, { handler }) => say(`${oneLine(names())}: ${loadProblem(error, handler)}`),
      });
    },
    startMapping: (mapping) =>
      startEventSourceMapping({
        ...clients,
        settings: mapping.settings,
        get roleArn() {
          return mapping.roleArn;
        },
        invoke: (event) => mapping.invoke(event),
        onProblem: (problem) => logOf(functionName(mapping.settings.functionArn))(`ERROR ${problem}`),
      }),
  });
  await reconciler.reconcile();

  const stopping = new AbortController();
  const follow = async () => {
    for (let failures = 0; !stopping.signal.aborted; ) {
      await sleep(INTERVAL_MS, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      try {
        await reconciler.reconcile();
        failures = 0;
      } catch (error) {
        failures++;
        if (failures === FAILURES_BEFORE_REPORT)
          say(
            `Changes cannot be followed: the AWS emulator does not answer (${oneLine(String(error))}). Retrying every second.`,
          );
      }
    }
  };
  const following = follow();
  return {
    async stop() {
      stopping.abort();
      await following;
      await reconciler.stop();
      await Promise.all(publishers.map((publisher) => publisher.stop()));
    },
  };
}
