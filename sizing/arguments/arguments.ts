import type { UsageCommand } from "../../tools/usage/usage-command";
import type { SizingWorkload } from "../workload";

/** The options that are given and valid. */
interface SizingOptions extends Partial<SizingWorkload> {
  json?: true;
}

export interface SizingArguments {
  workload: SizingWorkload;
  isJson: boolean;
}

/**
 * Reads the command line of `npm run sizing`.
 *
 * @param command that has parsed it
 * @throws UsageError listing every validation error
 */
export function parseSizingArguments(command: UsageCommand): SizingArguments {
  command.errors.throwIfAny();
  const { json, gbPerDay, days, ...given } = command.opts<SizingOptions>();
  return {
    workload: {
      ...{ gbPerDay: gbPerDay!, days: days! },
      ...{ groups: 1, eventBytes: 250, eventsPerRecord: 50, replicas: 1, zones: 3 },
      ...{ peakFactor: undefined, currentShards: undefined },
      ...given,
    },
    isJson: json === true,
  };
}
