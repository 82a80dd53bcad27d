import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { cached } from "../cache";
import { run, startService } from "../processes/process";

const requirements = join(__dirname, "requirements.txt");
const START_TIMEOUT_SECONDS = 60;

export interface Emulator {
  /** The endpoint of every AWS service, without a path. */
  readonly url: string;
  stop(): Promise<void>;
}

function python(virtualEnvironment: string): string {
  return join(virtualEnvironment, "bin", "python");
}

/**
 * Installs moto into the cache, unless this version is there for this Python.
 *
 * @returns the virtual environment's directory
 * @throws ProcessError with pip's last lines
 */
export async function installEmulator(): Promise<string> {
  const hash = createHash("sha256");
  hash.update(await readFile(requirements));
  hash.update(await run("python3", ["-c", "import sys; print(sys.executable, sys.version)"], { env: process.env }));
  return cached(`moto-${hash.digest("hex").slice(0, 16)}`, async (directory) => {
    await run("python3", ["-m", "venv", directory], { env: process.env });
    const install = [
      "-m",
      "pip",
      "install",
      "--no-deps",
      "--no-cache-dir",
      "--disable-pip-version-check",
      "-r",
      requirements,
    ];
    await run(python(directory), install, { env: process.env });
  });
}

/**
 * Starts the AWS API emulator (moto) on a free port; its state is in memory only.
 *
 * @throws ProcessError when it cannot be installed or started
 */
export async function startEmulator(options: { onLine?(line: string): void } = {}): Promise<Emulator> {
  const environment = await installEmulator();
  // -B: no __pycache__ in the sources.
  const launch = ["-B", join(__dirname, "launcher.py")];
  const { process: emulator, match } = await startService(python(environment), launch, {
    ...options,
    env: { PATH: process.env.PATH },
    ready: /^listening on (\S+)$/,
    timeoutSeconds: START_TIMEOUT_SECONDS,
  });
  return { url: match[1]!, stop: () => emulator.stop() };
}
