import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { register, unregister } from "./reaper";

export interface TemporaryDirectory {
  readonly path: string;
  remove(): Promise<void>;
}

/** Creates a directory that is deleted when this process ends, at the latest. @param parent @default the system's temporary directory */
export async function temporaryDirectory(parent = tmpdir()): Promise<TemporaryDirectory> {
  await mkdir(parent, { recursive: true });
  const path = await mkdtemp(join(parent, "logging-pipeline-"));
  register("directory", path);
  return {
    path,
    async remove() {
      await rm(path, { recursive: true, force: true, maxRetries: 5 });
      unregister("directory", path);
    },
  };
}
