import { createReadStream, createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { temporaryDirectory } from "../../../tools/processes/temporary-directory";
import { READ_BYTES } from "../../log-events/inputs";
import { workingDirectories } from "../../running";

/** What a page has sent, as a file that is read as often as needed. */
export interface ReceivedFile {
  readonly path: string;
  readonly bytes: number;
  open(): AsyncIterable<Buffer>;
  remove(): Promise<void>;
}

/**
 * Writes what comes to a file, which is deleted when this process ends, at the latest.
 *
 * @param onBytes called with the number of bytes so far
 * @throws Error when it does not come to its end; nothing is kept then
 */
export async function receiveFile(
  content: AsyncIterable<Buffer>,
  onBytes: (bytes: number) => void,
): Promise<ReceivedFile> {
  const directory = await temporaryDirectory(workingDirectories);
  const path = join(directory.path, "content");
  let bytes = 0;
  try {
    await pipeline(
      content,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          bytes += chunk.length;
          onBytes(bytes);
          yield chunk;
        }
      },
      createWriteStream(path),
    );
  } catch (error) {
    await directory.remove();
    throw error;
  }
  return {
    ...{ path, bytes },
    open: () => createReadStream(path, { highWaterMark: READ_BYTES }),
    remove: () => directory.remove(),
  };
}
