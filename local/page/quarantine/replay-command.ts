import { join } from "node:path";
import { repositoryRoot } from "../../../tools/repository";
import { shellQuote } from "../../../tools/text/shell-quote";
import { settingsCommand } from "../../report/archive-commands";
import type { ReplayRequest } from "../shared/quarantine";
import type { QuarantinePlace } from "./place";
import { hasLogGroups } from "./replay-range";

/** What a replay of this pipeline is told, whatever it is of. */
export interface ReplaySurroundings {
  readonly searchEndpoint: string;
  /** Of the pipeline: `env.sh` and `index-settings.json` are there. */
  readonly directory: string;
  readonly stackDirectory: string;
}

export interface AskedReplay {
  readonly request: ReplayRequest;
  readonly place: QuarantinePlace;
  readonly lateHours: number;
  /** Of the records of applications. @default those that loggers use */
  readonly timeField?: string | undefined;
}

export const indexSettingsFile = (directory: string): string => join(directory, "index-settings.json");

/** Returns the arguments of `npm run replay`. */
export function buttonArguments(
  { request, place, lateHours, timeField = "" }: AskedReplay,
  { searchEndpoint, directory }: ReplaySurroundings,
): string[] {
  const { kind, from, to, origin, isDryRun } = request;
  const { bucket, archivePrefix, queueUrl } = place;
  const words = ["--bucket", bucket, "--kind", kind, "--from", from, "--to", to];
  if (archivePrefix !== "") words.push("--archive-prefix", archivePrefix);
  if (origin !== undefined && hasLogGroups(kind)) words.push("--log-group", origin);
  if (lateHours > 1) words.push("--late-hours", String(lateHours));
  if (timeField !== "") words.push("--time-field", timeField);
  if (kind === "access-logs") words.push("--queue-url", queueUrl ?? "");
  else words.push("--search-endpoint", searchEndpoint, "--index-settings", indexSettingsFile(directory));
  return isDryRun ? [...words, "--dry-run"] : words;
}

/** Returns what does the same in a terminal, a command a line. */
export function replayCommandLines(asked: AskedReplay, surroundings: ReplaySurroundings): string {
  const { directory, stackDirectory } = surroundings;
  const words = ["npm", "run", "--prefix", repositoryRoot, "replay", "--", ...buttonArguments(asked, surroundings)];
  return [
    `source ${shellQuote(join(directory, "env.sh"))}`,
    ...(asked.place.kind === "access-logs" ? [] : [settingsCommand(stackDirectory, indexSettingsFile(directory))]),
    words.map(shellQuote).join(" "),
  ].join("\n");
}
