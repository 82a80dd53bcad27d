import type { Command } from "commander";

const collect = (value: string, values: readonly string[] = []): string[] => [...values, value];

/** The options that say which lines go where, of every command that puts lines. @param logGroups which may be named */
export function addLineOptions(command: Command, logGroups: string): Command {
  return command
    .option("--file <file>", "put this file's lines; - is standard input; may be given several times", collect)
    .option(
      "--log-group <name>",
      `put them into this log group: ${logGroups}; once for all files, or once for each, in the same order`,
      collect,
    )
    .option("--time-field <name>", "the field that holds the time, in lines of JSON")
    .option("--skip-invalid-lines", "leave out lines that are not UTF-8 or too long");
}
