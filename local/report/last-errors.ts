import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { oneLine } from "../../tools/text/one-line";

const LINES = 5;

/** Returns the last lines with an error of each log. */
export function lastErrors(logDirectory: string): string {
  return readdirSync(logDirectory)
    .flatMap((file) =>
      readFileSync(join(logDirectory, file), "utf8")
        .split("\n")
        .filter((line) => /\berror\b/i.test(line))
        .slice(-LINES)
        .map((line) => `  ${file}: ${oneLine(line)}`),
    )
    .join("\n");
}
