import type { MappingSettings } from "../event-source-mapping/settings";
import type { Subscription } from "./applied-state";

/** The log groups that are subscribed to streams: what people call the mappings and functions by, and whether they are delivered. */
export class DeliveredGroups {
  #subscriptions: readonly Subscription[] = [];
  /** By log group, the function; undefined before the first time. */
  #delivered: ReadonlyMap<string, string> | undefined;

  constructor(private readonly say: (line: string) => void) {}

  set subscriptions(subscriptions: readonly Subscription[]) {
    this.#subscriptions = subscriptions;
  }

  /** The log groups of the streams, or the streams themselves where there are none. */
  namesOf(streamArns: readonly string[]): string {
    const names = streamArns.flatMap((arn) => {
      const logGroups = this.#subscriptions.filter(({ streamArn }) => streamArn === arn);
      return logGroups.length > 0 ? logGroups.map(({ logGroup }) => logGroup) : [arn.split("/").at(-1)!];
    });
    return [...new Set(names)].join(", ");
  }

  /** Says which log groups are delivered since the last time, and which no longer are. */
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
      if (!before.has(logGroup)) this.say(`${logGroup}: delivered from now on (function ${name})`);
    }
    for (const logGroup of [...before.keys()].filter((name) => !delivered.has(name))) {
      const why = waiting.has(logGroup) ? ": its event source mapping is disabled, and its records wait" : "";
      this.say(`${logGroup}: no longer delivered${why}`);
    }
  }
}

/** Without its qualifier. */
export function functionName(functionArn: string): string {
  return functionArn.split(":")[6]!;
}
