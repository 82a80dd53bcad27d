import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { type TemporaryDirectory, temporaryDirectory } from "../../tools/processes/temporary-directory";
import { quoted } from "../../tools/text/one-line";

/**
 * Unpacks a deployment package into a temporary directory. A symbolic link becomes a file that holds the link's target.
 *
 * @param parent of the directory @default the system's temporary directory
 * @throws Error when the package cannot be unpacked or an entry leaves it: the same text each time for the same package;
 *   no file remains then
 */
export async function unpack(zip: Uint8Array, parent?: string): Promise<TemporaryDirectory> {
  const entries = Object.entries(unzipSync(zip));
  const outside = entries.find(([path]) => path.startsWith("/") || path.split(/[/\\]/).includes(".."));
  if (outside) {
    throw new Error(
      `the function's package has the entry ${quoted(outside[0])}, which leads outside of it; only relative paths without .. are allowed`,
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
    // Its own message names the directory, which differs each time.
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`the entry ${quoted(path)} of the function's package cannot be unpacked (${code})`);
  }
}
