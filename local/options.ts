import { linesOfFile } from "./log-events/file";
import { generateLines } from "./log-events/generate";
import type { LogLine } from "./log-events/line";

/** How many lines are generated beside the classic three. */
const GENERATED_LINES = 3_000;

/** As on the command line. */
export interface GivenOptions {
  readonly file?: string;
  readonly logGroup?: string;
  readonly searchEndpoint?: string;
  readonly exit?: boolean;
}

export interface StartOptions {
  readonly lines: readonly LogLine[];
  /** Undefined: OpenSearch is started. */
  readonly searchEndpoint: string | undefined;
  /** Said to the person, before anything starts. */
  readonly note: string | undefined;
  readonly exit: boolean;
}

/** Thrown for options that cannot be used; the message lists all mistakes. */
export class OptionsError extends Error {
  override readonly name = "OptionsError";
}

/**
 * @param logGroups those that the pipeline delivers
 * @param now milliseconds since the epoch: the time of the events
 * @throws OptionsError listing every mistake
 */
export async function parseOptions(
  given: GivenOptions,
  logGroups: readonly string[],
  now: number,
): Promise<StartOptions> {
  const { file, logGroup = logGroups[0]!, searchEndpoint, exit = false } = given;
  const mistakes: string[] = [];
  if (!logGroups.includes(logGroup)) {
    mistakes.push(`--log-group ${logGroup} is not one of the pipeline's log groups: ${logGroups.join(", ")}`);
  }
  if (given.logGroup !== undefined && file === undefined) {
    mistakes.push("--log-group says where the lines of --file go; give both");
  }
  if (searchEndpoint !== undefined && !isOrigin(searchEndpoint)) {
    mistakes.push(
      `--search-endpoint ${searchEndpoint.replace(/\/\/.*@/, "//***@")} is not an https:// origin without user, path or query (http:// only for localhost)`,
    );
  }
  let lines: readonly LogLine[] = [];
  let note: string | undefined;
  if (file === undefined) {
    lines = generateLines(logGroups, now, GENERATED_LINES);
  } else {
    try {
      const read = await linesOfFile(file, logGroup, now);
      lines = read.lines;
      if (read.emptyLines > 0)
        note = `Empty lines, which CloudWatch Logs does not take, are left out: ${read.emptyLines}.`;
    } catch (error) {
      mistakes.push((error as Error).message);
    }
  }
  if (mistakes.length > 0) throw new OptionsError(mistakes.join("\n"));
  return { lines, searchEndpoint, note, exit };
}

function isOrigin(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const local = ["localhost", "127.0.0.1", "[::1]"].includes(url?.hostname ?? "");
  return (url?.protocol === "https:" || (url?.protocol === "http:" && local)) && url.origin === text.toLowerCase();
}
