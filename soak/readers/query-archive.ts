import { ARCHIVE_QUERIES } from "../../core/settings/archive-queries";
import { count } from "../../tools/text/numbers";
import type { CommandRun } from "../damage/commands";
import type { ArchiveReading } from "./read-archive";

const COUNT = "select count(*)::integer as events from events";

/**
 * Runs every saved query on the archive, and counts its events.
 *
 * @param events that the archive has
 * @param sql runs the command with these further arguments
 */
export async function queryArchive(
  events: number,
  sql: (args: readonly string[]) => Promise<Pick<CommandRun, "exitCode" | "lines">>,
): Promise<ArchiveReading> {
  const mistakes: string[] = [];
  const notes: string[] = [];
  for (const { name } of ARCHIVE_QUERIES) {
    const { exitCode, lines } = await sql(["--saved", name, "--json"]);
    notes.push(`${name} ${rowsIn(lines).length}`);
    if (exitCode !== 0) mistakes.push(`--saved ${name}: exit status ${exitCode}\n${lines.join("\n")}`);
  }
  const { exitCode, lines } = await sql([COUNT, "--json"]);
  const [row] = rowsIn(lines);
  if (exitCode !== 0 || row === undefined || JSON.parse(row).events !== events) {
    mistakes.push(`${COUNT}: ${row ?? lines.join("\n")}; the archive has ${count(events)}`);
  }
  return { notes: [`DuckDB counts ${count(events)} events. Rows of saved queries: ${notes.join(", ")}.`], mistakes };
}

/** Other lines say what was read. */
const rowsIn = (lines: readonly string[]): string[] => lines.filter((line) => line.startsWith("{"));
