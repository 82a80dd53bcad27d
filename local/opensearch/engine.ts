import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { whenProcessFails } from "../../tools/failures/when-process-fails";
import { checkPort } from "../../tools/processes/port";
import { startService } from "../../tools/processes/process";
import { temporaryDirectory } from "../../tools/processes/temporary-directory";
import { UTF8 } from "../../tools/processes/utf8";
import { installEngine } from "./install";
import { jvmOptions, log4j, nodeSettings } from "./node";
import { DIRECTORIES, type EngineDirectories, type EngineRelease } from "./release";
import { startFailure } from "./start-failure";

const START_TIMEOUT_SECONDS = 120;

export interface Engine {
  /** Its origin; changes with `restart`, unless its port was given. */
  readonly url: string;
  /** Kills it by SIGKILL and starts it again on the same data. @throws MachineError when it does not start */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface EngineOptions {
  /** Its HTTP port, which stays the same after a restart. @default a free one */
  readonly port?: number;
  /** Further settings of the node, such as `http.max_content_length`. @default none */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Its heap in MiB. @default 512 */
  readonly heapMib?: number;
  onLine?(line: string): void;
  /** Called when it ends although nobody has stopped it. @param how such as `exit status 127`, with its last lines */
  onCrash?(how: string): void;
}

/**
 * Starts a single node; its data is deleted when it stops.
 *
 * @throws MachineError when it cannot be fetched or started, with its last lines
 */
export async function startEngine(release: EngineRelease, options: EngineOptions = {}): Promise<Engine> {
  const { port = 0, heapMib = 512 } = options;
  if (port !== 0) await checkPort(port, release.name);
  const home = await installEngine(release);
  const directory = await temporaryDirectory();
  const directories = Object.fromEntries(
    DIRECTORIES.map((name) => [name, join(directory.path, name)]),
  ) as EngineDirectories;
  try {
    for (const path of Object.values(directories)) await mkdir(path);
    const settings = { ...nodeSettings(directories, port), ...release.settings, ...options.settings };
    // JSON is valid YAML and quotes paths.
    await writeFile(join(directories.config, `${release.name}.yml`), JSON.stringify(settings));
    await writeFile(join(directories.config, "log4j2.properties"), log4j(release.name));
    const { command, args, env } = await release.launch(home, directories, jvmOptions(directories, heapMib));
    const start = async () => {
      const started = await startService(command, args, {
        ...(options.onLine && { onLine: options.onLine }),
        env: { PATH: process.env.PATH, ...UTF8, ...env },
        cwd: directory.path,
        ready: /AbstractHttpServerTransport.*publish_address \{(127\.0\.0\.1:\d+)\}/,
        timeoutSeconds: START_TIMEOUT_SECONDS,
      }).catch(whenProcessFails((error) => startFailure(release, home, error)));
      const { ended, tail } = started.process;
      ended.then((how) => isStopping || options.onCrash?.(`${how}\n${tail()}`));
      return started;
    };
    let isStopping = false;
    let running = await start();
    const stop = async () => {
      isStopping = true;
      await running.process.stop();
      isStopping = false;
    };
    const origin = () => `http://${running.match[1]}`;
    if (release.clusterSettings) {
      await setForCluster(origin(), release.clusterSettings).catch(async (error) => {
        await stop();
        throw error;
      });
    }
    return {
      get url() {
        return origin();
      },
      async restart() {
        await stop();
        running = await start();
      },
      async stop() {
        await stop();
        await directory.remove();
      },
    };
  } catch (error) {
    await directory.remove();
    throw error;
  }
}

/** Persistent settings survive a restart. */
async function setForCluster(origin: string, persistent: Readonly<Record<string, unknown>>): Promise<void> {
  const response = await fetch(`${origin}/_cluster/settings`, {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ persistent }),
  });
  if (!response.ok) throw new Error(`PUT /_cluster/settings: ${response.status} ${await response.text()}`);
}
