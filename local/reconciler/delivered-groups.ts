import { isQueueMapping, type MappingSettings, sourceArnOf } from "../event-source-mapping/settings";
import type { Subscription } from "./applied-state";

/**
 * What mappings deliver, by names for people: log groups with a subscription to a stream, and queues. Changes of their delivery
 * are reported.
 */
export class DeliveredGroups {
  #subscriptions: readonly Subscription[] = [];
  /** The function by name; undefined before the first report. */
  #delivered: ReadonlyMap<string, string> | undefined;

  constructor(private readonly say: (line: string) => void) {}

  set subscriptions(subscriptions: readonly Subscription[]) {
    this.#subscriptions = subscriptions;
  }

  /** The log groups subscribed to the streams; a source's own name where there are none. */
  namesOf(sourceArns: readonly string[]): string {
    const names = sourceArns.flatMap((arn) => {
      const logGroups = this.#logGroupsOf(arn);
      return logGroups.length > 0 ? logGroups : [sourceName(arn)];
    });
    return [...new Set(names)].join(", ");
  }

  /** Reports what is newly delivered, and what no longer is. */
  report(running: readonly MappingSettings[]): void {
    const delivered = new Map<string, string>();
    const waiting = new Map<string, string>();
    for (const settings of running) {
      const arn = sourceArnOf(settings);
      for (const name of isQueueMapping(settings) ? [sourceName(arn)] : this.#logGroupsOf(arn)) {
        if (settings.enabled) delivered.set(name, functionName(settings.functionArn));
        else waiting.set(name, isQueueMapping(settings) ? "messages wait in the queue" : "records wait in the stream");
      }
    }
    const before = this.#delivered;
    this.#delivered = delivered;
    if (!before) return;
    for (const [name, lambda] of delivered) {
      if (!before.has(name)) this.say(`${name}: now delivered (function ${lambda})`);
    }
    for (const name of [...before.keys()].filter((one) => !delivered.has(one))) {
      const what = waiting.get(name);
      const why = what ? `: its event source mapping is disabled, so its ${what}` : "";
      this.say(`${name}: no longer delivered${why}`);
    }
  }

  #logGroupsOf(streamArn: string): string[] {
    return this.#subscriptions.filter((one) => one.streamArn === streamArn).map(({ logGroup }) => logGroup);
  }
}

/** The name of a stream or queue. */
function sourceName(arn: string): string {
  return arn.split(/[:/]/).at(-1)!;
}

/** Returns the function's name, without its qualifier. */
export function functionName(functionArn: string): string {
  return functionArn.split(":")[6]!;
}
