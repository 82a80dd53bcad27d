import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { type TemporaryDirectory, temporaryDirectory } from "../../tools/processes/temporary-directory";
import { quoted } from "../../tools/text/one-line";

/**
 * Unpacks a deployment package into a directory of its own. A symbolic link becomes a file that holds the link's target.
 *
 * @param parent of the directory, @default the system's own for temporary files
 * @throws Error with the same text each time for the same package, when it cannot be unpacked or has an entry outside of it;
 *   nothing is left behind then
 */
export async function unpack(zip: Uint8Array, parent?: string): Promise<TemporaryDirectory> {
  const entries = Object.entries(unzipSync(zip));
  const outside = entries.find(([path]) => path.startsWith("/") || path.split(/[/\\]/).includes(".."));
  if (outside) {
    throw new Error(
      `the function's package has the entry ${quoted(outside[0])}, which leaves it; allowed are relative paths without ..`,
    );
  }
  const directory = await temporaryDirectory(parent);
  try {
    for (const [path, content] of entries) {
      if (!path.endsWith("/")) await writeEntry(directory.path, path, content);
    }
  } catch (error) {
    await directory.remove();
    throw error;
  }
  return directory;
}

async function writeEntry(root: string, path: string, content: Uint8Array): Promise<void> {
  try {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  } catch (error) {
    // Its message names the directory, which is another one each time.
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`the entry ${quoted(path)} of the function's package cannot be unpacked (${code})`);
  }
}
