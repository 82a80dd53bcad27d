import { realLogs } from "../../tools/corpus-dir";
import { FORMATS, type FormatName, sampleLines } from "../../tools/sample-logs";
import { skippedUnless } from "./skipped";

type LogFile = readonly [name: string, lines: readonly string[]];

const EVENTS_PER_FORMAT = 300;

/** A file of each format that tools/sample-logs makes. */
export const generatedLogs: readonly LogFile[] = (Object.keys(FORMATS) as FormatName[]).map((name) => [
  `generated ${name}`,
  sampleLines(name, EVENTS_PER_FORMAT),
]);

/** The files of CORPUS_DIR; none when it is not set. */
export const realFiles: readonly LogFile[] =
  realLogs()?.files.map(({ name, lines }) => [`CORPUS_DIR/${name}`, lines] as const) ?? [];

/**
 * A test for each generated file, and for each of CORPUS_DIR.
 *
 * @param title with %s for the file
 */
export function itEachLog(title: string, run: (lines: readonly string[]) => unknown, timeoutMs?: number): void {
  it.each([...generatedLogs, ...realFiles])(title, (_, lines) => run(lines), timeoutMs);
  if (realFiles.length === 0) {
    skippedUnless(false, "CORPUS_DIR=<folder of logs>").it(title.replace("%s", "each file of CORPUS_DIR"), () => {});
  }
}
