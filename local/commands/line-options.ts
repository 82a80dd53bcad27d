import { ValueOption } from "../../tools/usage/option-value";
import type { UsageCommand } from "../../tools/usage/usage-command";
import { timeFieldValue } from "../terraform/log-groups";

const collect = (value: string, values: readonly string[] = []): string[] => [...values, value];

/** Adds the options of commands that put lines: which lines, into which log groups. @param logGroups that may be named, in words */
export function addLineOptions(command: UsageCommand, logGroups: string): UsageCommand {
  return command
    .option("--file <file>", "put this file's lines; - is standard input; may be given several times", collect)
    .option(
      "--log-group <name>",
      `put them into this log group: ${logGroups}; once for all files, or once for each, in the same order`,
      collect,
    )
    .addOption(
      new ValueOption("--time-field <name>", "the field that holds the time, in lines of JSON", timeFieldValue),
    )
    .option("--skip-invalid-lines", "leave out lines that are not UTF-8 or too long");
}

/** Adds the option of commands that put access logs into a bucket. */
export function addAccessLogOption(command: UsageCommand): UsageCommand {
  return command.option(
    "--access-logs <paths...>",
    "put these files, and those in these folders, into a bucket of access logs: of any format of AWS, gzipped or not",
    collect,
  );
}
