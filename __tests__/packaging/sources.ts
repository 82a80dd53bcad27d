import { cp, mkdir, readdir, symlink } from "node:fs/promises";
import { dirname, join, relative } from "node:path";

export const root = join(__dirname, "../..");

/** What git ignores, and git. */
const left = ["node_modules", ".git", ".cache", ".local", "cdktf.out", "dist", "lib"].map((name) => join(root, name));

/**
 * Copies this repository, so that commands which write into it can be run.
 *
 * @param replaced packages that come from elsewhere, and the folders they are in
 */
export async function copySources(to: string, replaced: ReadonlyMap<string, string> = new Map()): Promise<void> {
  await cp(root, to, { recursive: true, filter: (source) => !left.includes(source) });
  const packages = join(root, "node_modules");
  for (const name of (await readdir(packages)).filter((each) => each !== "@cdktf" && !replaced.has(each))) {
    await link(join(packages, name), join(to, "node_modules", name));
  }
  for (const name of await readdir(join(packages, "@cdktf"))) {
    const scoped = `@cdktf/${name}`;
    if (!replaced.has(scoped)) await link(join(packages, scoped), join(to, "node_modules", scoped));
  }
  for (const [name, folder] of replaced) await link(folder, join(to, "node_modules", name));
}

/** Makes a link that a package can be required by. */
export async function link(folder: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await symlink(folder, path);
}

/** All files below a folder, by their paths from there. */
export async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}
