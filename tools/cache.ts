import { access, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { register, unregister } from "./processes/reaper";
import { repositoryRoot } from "./repository";

/** Holds downloads and other results that are computed once; safe to delete. */
export const cacheDirectory = join(repositoryRoot, ".cache");

/**
 * Returns a directory in the cache, which is filled the first time.
 *
 * @param name must change whenever `fill` would produce another result
 * @param fill fills an empty directory, which gets its name only after `fill` has succeeded
 */
export async function cached(name: string, fill: (directory: string) => Promise<void>): Promise<string> {
  const directory = join(cacheDirectory, name);
  if (await exists(directory)) return directory;
  await mkdir(cacheDirectory, { recursive: true });
  const unfinished = await mkdtemp(`${directory}.unfinished-`);
  register("directory", unfinished);
  try {
    await fill(unfinished);
    await rename(unfinished, directory).catch(async (error) => {
      // Another process was faster.
      if (!(await exists(directory))) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
    unregister("directory", unfinished);
  }
  return directory;
}

/** Whether the cache has a directory of this name. */
export function isCached(name: string): Promise<boolean> {
  return exists(join(cacheDirectory, name));
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
