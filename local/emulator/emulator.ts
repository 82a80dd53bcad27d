import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { cached, isCached } from "../../tools/cache";
import { whenProcessFails } from "../../tools/failures/when-process-fails";
import { checkPort } from "../../tools/processes/port";
import { run, startService } from "../../tools/processes/process";
import { UTF8 } from "../../tools/processes/utf8";
import { pipFailure, venvFailure } from "./install-failure";

const requirements = join(__dirname, "requirements.txt");
const START_TIMEOUT_SECONDS = 60;

export interface Emulator {
  /** Endpoint of every AWS service, without a path. */
  readonly url: string;
  stop(): Promise<void>;
}

export interface EmulatorOptions {
  /** @default a free one */
  readonly port?: number;
  onLine?(line: string): void;
}

function python(virtualEnvironment: string): string {
  return join(virtualEnvironment, "bin", "python");
}

/** Differs for each Python, since an upgrade breaks virtual environments. */
async function cacheName(): Promise<string> {
  const hash = createHash("sha256");
  hash.update(await readFile(requirements));
  const python = ["-c", "import sys; print(sys.executable, sys.version)"];
  hash.update(await run("python3", python, { env: process.env, timeoutSeconds: 20 }));
  return `moto-${hash.digest("hex").slice(0, 16)}`;
}

/** Whether moto is cached for this Python, so that nothing has to be fetched. */
export function isEmulatorInstalled(): Promise<boolean> {
  return cacheName().then(isCached, () => false);
}

/**
 * Installs moto into the cache, unless this version is cached for this Python.
 *
 * @returns the virtual environment's directory
 * @throws MachineError with pip's last lines
 */
export async function installEmulator(): Promise<string> {
  return cached(await cacheName(), async (directory) => {
    await run("python3", ["-m", "venv", directory], { env: process.env }).catch(whenProcessFails(venvFailure));
    const options = ["--no-input", "--no-deps", "--require-hashes", "--no-cache-dir", "--disable-pip-version-check"];
    await run(python(directory), ["-m", "pip", "install", ...options, "-r", requirements], {
      env: process.env,
    }).catch(whenProcessFails(pipFailure));
  });
}

/**
 * Starts the AWS emulator (moto); its state is in memory only.
 *
 * @throws MachineError when it cannot be installed, or its port is taken
 * @throws ProcessError when it cannot be started
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { port = 0, onLine } = options;
  if (port !== 0) await checkPort(port, "The AWS emulator");
  const environment = await installEmulator();
  // -B: no __pycache__ in the sources.
  const launch = ["-B", join(__dirname, "launcher.py"), String(port)];
  const { process: emulator, match } = await startService(python(environment), launch, {
    ...(onLine && { onLine }),
    env: { PATH: process.env.PATH, ...UTF8 },
    ready: /^listening on (\S+)$/,
    timeoutSeconds: START_TIMEOUT_SECONDS,
  });
  return { url: match[1]!, stop: () => emulator.stop() };
}
