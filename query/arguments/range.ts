import { checkRange } from "../../replay/arguments/arguments";
import { MAX_LATE_HOURS } from "../../replay/arguments/kinds";
import { ValueOption, wholeNumber } from "../../tools/usage/option-value";
import { timeValue } from "../../tools/usage/time";
import type { UsageCommand } from "../../tools/usage/usage-command";

/** Events from `fromMs` on and before `toMs`, in ms since the epoch, that arrived up to `lateHours` after their own time. */
export interface RangeArguments {
  fromMs: number;
  toMs: number;
  lateHours: number;
}

export interface RangeOptions {
  from?: number;
  to?: number;
  lateHours: number;
}

/** Adds the options of a range in the past. */
export function addRangeOptions(command: UsageCommand): UsageCommand {
  return command
    .addOption(new ValueOption("--from <time>", "events from this time on", timeValue).makeOptionMandatory())
    .addOption(new ValueOption("--to <time>", "events before this time", timeValue).makeOptionMandatory())
    .addOption(
      new ValueOption(
        "--late-hours <n>",
        "how late events may have arrived, in hours",
        wholeNumber(0, MAX_LATE_HOURS),
      ).default(1),
    );
}

/** Reads those options. What is wrong with the range is added to the command's errors; they throw it. */
export function parseRange({ errors }: UsageCommand, { from, to, lateHours }: RangeOptions): RangeArguments {
  if (from !== undefined && to !== undefined) checkRange(from, to, errors);
  return { fromMs: from ?? 0, toMs: to ?? 0, lateHours };
}
