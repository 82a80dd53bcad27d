import type { UsageCommand } from "../../tools/usage/usage-command";
import { DEFAULT_SIZING, type SizingWorkload } from "../workload";

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
      ...DEFAULT_SIZING,
      ...{ peakFactor: undefined, currentShards: undefined },
      ...given,
    },
    isJson: json === true,
  };
}
