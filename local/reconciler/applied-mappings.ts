import { setTimeout as sleep } from "node:timers/promises";
import type { KinesisStreamRecord } from "aws-lambda";
import { oneLine } from "../../tools/text/one-line";
import type { AwsClients } from "../aws/clients";
import { startEventSourceMapping } from "../event-source-mapping/mapping";
import { startDeliveryStream } from "../firehose/delivery-stream";
import type { DeliveredRecords } from "../firehose/record";
import { AppliedFunction } from "../lambda/applied-function";
import { type MetricsPublisher, publishMetrics } from "../lambda/metrics-publisher";
import { appliedState } from "./applied-state";
import { loadProblem } from "./changes";
import { functionName } from "./delivered-groups";
import { listDeliveryStreams } from "./delivery-stream-list";
import { DeliveryStreams } from "./delivery-streams";
import type { FunctionsIo } from "./functions";
import { Reconciler } from "./reconciler";

const INTERVAL_MS = 1_000;
/** Consecutive failures, an interval apart, before one is reported. */
const FAILURES_BEFORE_REPORT = 5;

export interface AppliedOptions {
  readonly clients: AwsClients;
  /** Returns the variables that a function needs on this machine, in addition to the applied ones or instead of them. */
  environment(applied: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
  /** What delivery streams need. */
  readonly firehose: {
    /** Where PutRecord leaves records. */
    readonly emulatorUrl: string;
    /** The engine that stands for every search domain. */
    readonly searchEndpoint: string;
  };
  /** The Node.js to run the functions on. @default this process's */
  readonly nodePath?: string;
  /** @returns a log for the lines of this function and of its mapping */
  logTo?(functionName: string): (line: string) => void;
  /** Called with the records that a mapping has read from its stream, before it invokes the function with any of them. */
  onRead?(records: readonly KinesisStreamRecord[]): void;
  /** Called with each event that a mapping or a delivery stream invokes a function with, before it does. */
  onInvocation?(event: unknown): void;
  /** Called with each batch that a delivery stream has written to its destination. */
  onDelivered?(delivered: DeliveredRecords): void;
  /** Called with a line for each applied change, such as `bar: batching window 5 s → 1 s`. */
  onChange?(line: string): void;
}

export interface AppliedMappings {
  /** Kills the processes of all functions, as a crash does: what they were invoked with is retried. */
  killFunctions(): Promise<void>;
  /** Kills the functions; resolves when all have ended. */
  stop(): Promise<void>;
}

/**
 * Runs the event source mappings, functions and delivery streams that exist in the emulator, in place of Lambda and Firehose. Applied changes take effect
 * within about a second. The functions' metrics go to the emulator's CloudWatch.
 *
 * @throws Error when the emulator does not answer
 */
export async function startAppliedMappings(options: AppliedOptions): Promise<AppliedMappings> {
  const { clients, nodePath } = options;
  const say = options.onChange ?? (() => {});
  const publishers: MetricsPublisher[] = [];
  const logs = new Map<string, (line: string) => void>();
  const logOf = (name: string) => {
    if (!logs.has(name)) logs.set(name, options.logTo?.(name) ?? (() => {}));
    return logs.get(name)!;
  };

  const state = appliedState(options.firehose.emulatorUrl, clients.lambda);
  const functions: FunctionsIo = {
    state,
    say,
    createFunction(name, names) {
      const log = logOf(name);
      // Not an ERROR, which ends an invocation: its events are delivered.
      const metrics = publishMetrics(clients.cloudwatch, (problem) => log(`WARN ${problem}`));
      publishers.push(metrics);
      return new AppliedFunction({
        environment: (applied) => options.environment(applied),
        ...(nodePath !== undefined && { nodePath }),
        onLine(line) {
          log(line);
          metrics.add(line);
        },
        onLoadError: (error, { handler }) => say(`${oneLine(names())}: ${loadProblem(error, handler)}`),
      });
    },
  };
  const reconciler = new Reconciler({
    ...functions,
    state,
    startMapping: (mapping) =>
      startEventSourceMapping({
        ...clients,
        settings: mapping.settings,
        get roleArn() {
          return mapping.roleArn;
        },
        onRead: (records) => options.onRead?.(records),
        invoke(event) {
          options.onInvocation?.(event);
          return mapping.invoke(event);
        },
        onProblem: (problem) => logOf(functionName(mapping.settings.functionArn))(`ERROR ${problem}`),
      }),
  });
  const { kinesis, s3 } = clients;
  const deliveryStreams = new DeliveryStreams({
    ...functions,
    listDeliveryStreams: () => listDeliveryStreams(clients.firehose),
    startDeliveryStream: ({ settings, invoke }) => {
      const log = logOf(settings.name);
      return startDeliveryStream({
        ...{ kinesis, s3, ...options.firehose, settings },
        invoke(arn, event) {
          options.onInvocation?.(event);
          return invoke(arn, event);
        },
        onDelivered: (delivered) => options.onDelivered?.(delivered),
        onProblem: (problem) => log(`ERROR ${problem}`),
      });
    },
  });
  const reconcile = () => Promise.all([reconciler.reconcile(), deliveryStreams.reconcile()]);
  await reconcile();

  const stopping = new AbortController();
  const follow = async () => {
    for (let failures = 0; !stopping.signal.aborted; ) {
      await sleep(INTERVAL_MS, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      try {
        await reconcile();
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
    killFunctions: () => reconciler.killFunctions(),
    async stop() {
      stopping.abort();
      await following;
      await Promise.all([reconciler.stop(), deliveryStreams.stop()]);
      await Promise.all(publishers.map((publisher) => publisher.stop()));
    },
  };
}
