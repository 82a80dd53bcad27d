import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { temporaryDirectory } from "../../tools/processes/temporary-directory";
import { linesOfParser, type SampleObjectFormat, sampleObject } from "../../tools/sample-logs/objects";

const FORMATS: readonly SampleObjectFormat[] = ["alb_access", "cloudfront_access", "vpc_flow", "cloudtrail"];

/** Of each file. */
const LINES = 300;

/** Writes files of access logs as AWS delivers them, for those who have none. @returns their paths */
export async function writeSampleAccessLogs(): Promise<string[]> {
  const { path: directory } = await temporaryDirectory();
  const written = FORMATS.map(async (format) => {
    const { text } = sampleObject(format, linesOfParser(format, LINES));
    const path = join(directory, `${format}.${format === "cloudtrail" ? "json" : "log"}.gz`);
    await writeFile(path, gzipSync(text));
    return path;
  });
  return Promise.all(written);
}
