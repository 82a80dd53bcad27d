import { execFile } from "node:child_process";
import { cp, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { repositoryRoot } from "../../tools/repository";

const execute = promisify(execFile);

/** Makes a clone of this repository as it is now, with what is installed and cached. @param path does not exist yet */
export async function cloneRepository(path: string): Promise<void> {
  const { stdout } = await execute("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: repositoryRoot,
    maxBuffer: 16 * 2 ** 20,
  });
  for (const file of stdout.split("\0").filter(Boolean)) {
    await mkdir(dirname(join(path, file)), { recursive: true });
    // A file that is deleted, but not yet in a commit, is no longer part of it.
    await cp(join(repositoryRoot, file), join(path, file)).catch((error) => {
      if (error.code !== "ENOENT") throw error;
    });
  }
  for (const directory of ["node_modules", ".cache"]) {
    const from = join(repositoryRoot, directory);
    // By hard links, where both are on one file system and cp knows of it.
    await execute("cp", ["-al", from, path]).catch(() =>
      cp(from, join(path, directory), { recursive: true, force: true, verbatimSymlinks: true }),
    );
  }
}
