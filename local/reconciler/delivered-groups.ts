import type { MappingSettings } from "../event-source-mapping/settings";
import type { Subscription } from "./applied-state";

/** Log groups with a subscription to a stream. They name mappings and functions in lines for people; changes of their delivery are reported. */
export class DeliveredGroups {
  #subscriptions: readonly Subscription[] = [];
  /** The function by log group; undefined before the first report. */
  #delivered: ReadonlyMap<string, string> | undefined;

  constructor(private readonly say: (line: string) => void) {}

  set subscriptions(subscriptions: readonly Subscription[]) {
    this.#subscriptions = subscriptions;
  }

  /** The log groups subscribed to the streams; a stream's own name where there are none. */
  namesOf(streamArns: readonly string[]): string {
    const names = streamArns.flatMap((arn) => {
      const logGroups = this.#subscriptions.filter(({ streamArn }) => streamArn === arn);
      return logGroups.length > 0 ? logGroups.map(({ logGroup }) => logGroup) : [arn.split("/").at(-1)!];
    });
    return [...new Set(names)].join(", ");
  }

  /** Reports log groups that are newly delivered, and those that no longer are. */
  report(running: readonly MappingSettings[]): void {
    const delivered = new Map<string, string>();
    const waiting = new Set<string>();
    for (const { logGroup, streamArn } of this.#subscriptions) {
      for (const settings of running.filter((one) => one.streamArn === streamArn)) {
        if (settings.enabled) delivered.set(logGroup, functionName(settings.functionArn));
        else waiting.add(logGroup);
      }
    }
    const before = this.#delivered;
    this.#delivered = delivered;
    if (!before) return;
    for (const [logGroup, name] of delivered) {
      if (!before.has(logGroup)) this.say(`${logGroup}: now delivered (function ${name})`);
    }
    for (const logGroup of [...before.keys()].filter((name) => !delivered.has(name))) {
      const why = waiting.has(logGroup)
        ? ": its event source mapping is disabled, so its records wait in the stream"
        : "";
      this.say(`${logGroup}: no longer delivered${why}`);
    }
  }
}

/** Returns the function's name, without its qualifier. */
export function functionName(functionArn: string): string {
  return functionArn.split(":")[6]!;
}
