import { createReadStream, createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { type TemporaryDirectory, temporaryDirectory } from "../../tools/processes/temporary-directory";
import { mebibytes } from "../../tools/text/numbers";
import { workingDirectories } from "../running";
import { READ_BYTES, type ReadableInput, unreadable } from "./inputs";

const TELL_AFTER_MS = 2_000;
const TELL_EVERY_MS = 10_000;

/** Copies what can be read once only to a file, which is deleted no later than this process ends. */
export class Spool {
  #directory: Promise<TemporaryDirectory> | undefined;
  #files = 0;

  /** @param say told how far it is when that takes long */
  constructor(readonly say: (text: string) => void) {}

  /**
   * @returns the copy, or `input` itself where it can be read again
   * @throws InputError when it cannot be read, or not be copied
   */
  async keep(input: ReadableInput): Promise<ReadableInput> {
    if (!input.isStream) return input;
    this.#directory ??= temporaryDirectory(workingDirectories);
    const file = join((await this.#directory).path, `input-${this.#files++}`);
    let bytes = 0;
    const tell = () => {
      this.say(`Reading ${input.name} to its end before anything starts: ${mebibytes(bytes)} so far.`);
      timer = setTimeout(tell, TELL_EVERY_MS);
    };
    let timer = setTimeout(tell, TELL_AFTER_MS);
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
