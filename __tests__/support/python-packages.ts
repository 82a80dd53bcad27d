import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { cached } from "../../tools/cache";
import { run } from "../../tools/processes/process";

/** The Python package of this repository. */
export const PYTHON_LOGGER = join(__dirname, "..", "..", "packages", "python-logger");

const inherited = { env: process.env };
const requirements = join(PYTHON_LOGGER, "tests", "requirements.txt");

export interface PythonPackages {
  /** The Python that has boto3 and what the tests of the package need. */
  python: string;
  /** Folder of the same packages, for pip's `--find-links`. */
  wheels: string;
}

/** Downloads what the tests of the Python package need, unless the cache has it for this Python. */
export async function pythonPackages(): Promise<PythonPackages> {
  const hash = createHash("sha256");
  hash.update(await readFile(requirements));
  hash.update(await run("python3", ["-c", "import sys; print(sys.executable, sys.version)"], inherited));
  const directory = await cached(`python-logger-${hash.digest("hex").slice(0, 16)}`, async (folder) => {
    const python = join(folder, "venv", "bin", "python");
    const wheels = join(folder, "wheels");
    const pip = (command: string, ...options: string[]) => {
      const args = ["-m", "pip", command, "--no-input", "--disable-pip-version-check", "--require-hashes"];
      return run(python, [...args, "-r", requirements, ...options], inherited);
    };
    await run("python3", ["-m", "venv", join(folder, "venv")], inherited);
    await pip("download", "--dest", wheels);
    await pip("install", "--no-index", "--find-links", wheels);
  });
  return { python: join(directory, "venv", "bin", "python"), wheels: join(directory, "wheels") };
}
