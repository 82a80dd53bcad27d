import { createReadStream, createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { type TemporaryDirectory, temporaryDirectory } from "../../tools/processes/temporary-directory";
import { mebibytes } from "../../tools/text/numbers";
import { workingDirectories } from "../running";
import { READ_BYTES, type ReadableInput, unreadable } from "./inputs";

const REPORT_AFTER_MS = 2_000;
const REPORT_EVERY_MS = 10_000;

/** Copies inputs that can be read only once to files, which are deleted when this process ends, at the latest. */
export class Spool {
  #directory: Promise<TemporaryDirectory> | undefined;
  #files = 0;

  /** @param say called with the progress when copying takes long */
  constructor(readonly say: (text: string) => void) {}

  /**
   * @returns the copy, or `input` itself if it can be read again
   * @throws UsageError when it cannot be read or copied
   */
  async keep(input: ReadableInput): Promise<ReadableInput> {
    if (!input.isStream) return input;
    this.#directory ??= temporaryDirectory(workingDirectories);
    const file = join((await this.#directory).path, `input-${this.#files++}`);
    let bytes = 0;
    const report = () => {
      this.say(`Reading ${input.name} to its end before starting: ${mebibytes(bytes)} so far.`);
      timer = setTimeout(report, REPORT_EVERY_MS);
    };
    let timer = setTimeout(report, REPORT_AFTER_MS);
    try {
      await pipeline(
        input.open(),
        async function* (chunks: AsyncIterable<Buffer>) {
          for await (const chunk of chunks) {
            bytes += chunk.length;
            yield chunk;
          }
        },
        createWriteStream(file),
      );
    } catch (error) {
      throw unreadable(input.file, error as Error);
    } finally {
      clearTimeout(timer);
    }
    return { ...input, isStream: false, open: () => createReadStream(file, { highWaterMark: READ_BYTES }) };
  }
}
