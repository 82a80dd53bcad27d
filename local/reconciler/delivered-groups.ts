import type { Subscription } from "../emulator/subscriptions";
import { isQueueMapping, type MappingSettings, sourceArnOf } from "../event-source-mapping/settings";
import { linesAbout, listed, nameWithAccount } from "./names";

/** What delivers a log group or queue: the functions by the ARN of the stream or queue. */
type Deliveries = ReadonlyMap<string, string>;

const NONE: Deliveries = new Map();

/**
 * What mappings deliver, by names for people: log groups with a subscription to a stream, and queues. Changes of their delivery
 * are reported.
 */
export class DeliveredGroups {
  /** Log groups by the ARN of the stream. */
  #logGroups: ReadonlyMap<string, readonly string[]> = new Map();
  /** By name; undefined before the first report. */
  #delivered: ReadonlyMap<string, Deliveries> | undefined;

  constructor(private readonly say: (line: string) => void) {}

  set subscriptions(subscriptions: readonly Subscription[]) {
    const logGroups = new Map<string, string[]>();
    for (const one of subscriptions) {
      const names = logGroups.get(one.streamArn) ?? [];
      names.push(nameWithAccount(one));
      logGroups.set(one.streamArn, names);
    }
    this.#logGroups = logGroups;
  }

  /** The log groups subscribed to the streams; a source's own name where there are none. */
  namesOf(sourceArns: readonly string[]): string {
    const names = sourceArns.flatMap((arn) => this.#logGroups.get(arn) ?? [sourceName(arn)]);
    return listed([...new Set(names)]);
  }

  /** Reports what is newly delivered, and what no longer is. */
  report(running: readonly MappingSettings[]): void {
    const delivered = new Map<string, Map<string, string>>();
    const waiting = new Map<string, string>();
    for (const settings of running) {
      const arn = sourceArnOf(settings);
      for (const name of isQueueMapping(settings) ? [sourceName(arn)] : (this.#logGroups.get(arn) ?? [])) {
        if (settings.enabled) {
          const deliveries = delivered.get(name) ?? new Map<string, string>();
          delivered.set(name, deliveries.set(arn, functionName(settings.functionArn)));
        } else
          waiting.set(name, isQueueMapping(settings) ? "messages wait in the queue" : "records wait in the stream");
      }
    }
    const before = this.#delivered;
    this.#delivered = delivered;
    if (!before) return;
    const lines = new Map<string, string[]>();
    for (const name of new Set([...delivered.keys(), ...before.keys()])) {
      for (const text of changes(before.get(name) ?? NONE, delivered.get(name) ?? NONE, waiting.get(name))) {
        const names = lines.get(text) ?? [];
        names.push(name);
        lines.set(text, names);
      }
    }
    for (const [text, names] of lines) for (const line of linesAbout(names, text)) this.say(line);
  }
}

/** What has changed in the delivery of one log group or queue. @param waiting where its events wait, if a mapping is disabled */
function changes(before: Deliveries, after: Deliveries, waiting: string | undefined): string[] {
  if (before.size === 0) return [...new Set(after.values())].map((lambda) => `now delivered (function ${lambda})`);
  if (after.size === 0) {
    const why = waiting ? `: its event source mapping is disabled, so its ${waiting}` : "";
    return [`no longer delivered${why}`];
  }
  // It moves from one stream to another.
  const added = [...after].filter(([arn]) => !before.has(arn));
  const removed = [...before.keys()].filter((arn) => !after.has(arn));
  return [
    ...added.map(([arn, lambda]) => `now delivered by the stream ${sourceName(arn)} (function ${lambda})`),
    ...removed.map((arn) => `no longer delivered by the stream ${sourceName(arn)}`),
  ];
}

/** The name of a stream or queue. */
export function sourceName(arn: string): string {
  return arn.split(/[:/]/).at(-1)!;
}

/** Returns the function's name, without its qualifier. */
export function functionName(functionArn: string): string {
  return functionArn.split(":")[6]!;
}
