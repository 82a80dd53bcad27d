import { MAX_LATE_HOURS } from "../../replay/arguments/kinds";
import { repositoryRoot } from "../../tools/repository";
import { shellQuote } from "../../tools/text/shell-quote";
import type { ArchiveLocation } from "../delivery/archive";

const SECOND_MS = 1000;
const HOUR_MS = 3600 * SECOND_MS;

/** What the commands that read the local pipeline's archive are told. */
export interface ArchivedPeriod {
  readonly archive: ArchiveLocation;
  readonly searchEndpoint: string;
  /** Time of the earliest event. */
  readonly from: Date;
  /** Time of the latest event. */
  readonly to: Date;
  /** When the last event arrived, if later than `to`. @default to */
  readonly arrived?: Date;
  /** Path of a file with the pipeline's output `index_settings`. @default the pipeline has the default settings */
  readonly indexSettings?: string;
}

/**
 * Returns the command that replays the local pipeline's archive, from any folder. The environment has to provide endpoint, region
 * and keys of the emulated account.
 */
export const replayCommand = (period: ArchivedPeriod): string =>
  commandLine("replay", periodArguments(period, ["--kind", "archive", "--sink", "endpoint"]));

/** Returns the command that compares the archive with the index, likewise. */
export const auditCommand = (period: ArchivedPeriod): string => commandLine("audit", auditArguments(period));

/**
 * Returns the arguments of an audit. It compares 24 hours at a time with their objects and those of `--late-hours` after them, and
 * the earliest event may have arrived last.
 *
 * @param more further ones
 */
export const auditArguments = (period: ArchivedPeriod, more: readonly string[] = []): string[] =>
  periodArguments(period, more, period.from);

/** @param lateSince how late events have arrived, from this time on: a replay reads all objects until `to` */
function periodArguments(period: ArchivedPeriod, more: readonly string[], lateSince = period.to): string[] {
  const { archive, searchEndpoint, indexSettings, from, to, arrived = to } = period;
  const fromMs = Math.floor(from.getTime() / SECOND_MS) * SECOND_MS;
  // `--to` is exclusive.
  const toMs = Math.floor(to.getTime() / SECOND_MS + 1) * SECOND_MS;
  const lateHours = Math.min(MAX_LATE_HOURS, Math.ceil((arrived.getTime() - lateSince.getTime()) / HOUR_MS));
  const words = ["--bucket", archive.bucket, "--from", seconds(fromMs), "--to", seconds(toMs)];
  words.push(...more, "--search-endpoint", searchEndpoint);
  if (archive.prefix !== "") words.push("--archive-prefix", archive.prefix);
  if (indexSettings !== undefined) words.push("--index-settings", indexSettings);
  if (lateHours > 1) words.push("--late-hours", String(lateHours));
  return words;
}

/** Returns the command line of a command of this repository, from any folder. */
export const commandLine = (name: string, args: readonly string[]): string =>
  ["npm", "run", "--prefix", repositoryRoot, name, "--", ...args].map(shellQuote).join(" ");

/** Returns the command that writes the pipeline's settings, as of the last apply, to the file that the replay reads. */
export const settingsCommand = (stackDirectory: string, indexSettings: string): string =>
  `terraform -chdir=${shellQuote(stackDirectory)} output -json index_settings > ${shellQuote(indexSettings)}`;

/** The format of `--from` and `--to`. */
const seconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, "YYYY-MM-DDTHH:MM:SS".length)}Z`;
