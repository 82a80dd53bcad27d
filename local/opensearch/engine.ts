import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cached } from "../cache";
import { run, startService } from "../processes/process";
import { temporaryDirectory } from "../processes/temporary-directory";

const UNPACK = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack";
const START_TIMEOUT_SECONDS = 120;

/** A release of OpenSearch or Elasticsearch, in the distribution without plugins that Maven Central has. */
export interface EngineRelease {
  /** Names its Maven artifact, its directory, its settings file and its Java package. */
  readonly name: "opensearch" | "elasticsearch";
  /** Pinned exactly: the metadata in Maven Central is incomplete. */
  readonly version: string;
  /** What one node needs beside the settings that both engines understand. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** How it is started. @param home where it is unpacked */
  launch(home: string, directories: EngineDirectories, jvmOptions: readonly string[]): Promise<EngineCommand>;
}

/** Directories that one node writes to. */
export type EngineDirectories = Readonly<Record<(typeof DIRECTORIES)[number], string>>;

export interface EngineCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

export interface Engine {
  /** Its origin; another one after `restart`. */
  readonly url: string;
  /** Kills it by SIGKILL and starts it again on the same data. @throws ProcessError when it does not start */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface EngineOptions {
  /** More settings of the node, such as `http.max_content_length`. @default none */
  readonly settings?: Readonly<Record<string, unknown>>;
  onLine?(line: string): void;
}

const DIRECTORIES = ["config", "data", "logs", "tmp", "jna"] as const;

/**
 * Fetches an engine by Maven into the cache, unless it is there. Maven's own repository stays as it is.
 *
 * @throws ProcessError with Maven's last lines
 */
export async function installEngine({ name, version }: EngineRelease): Promise<string> {
  const artifact = `org.${name}.distribution.integ-test-zip:${name}:${version}:zip`;
  const directory = await cached(`${name}-${version}`, async (target) => {
    const repository = join(target, "maven-repository");
    await run(
      "mvn",
      ["-B", "-q", `-Dmaven.repo.local=${repository}`, UNPACK, `-Dartifact=${artifact}`, `-DoutputDirectory=${target}`],
      { env: process.env, cwd: target },
    );
    await rm(repository, { recursive: true });
  });
  return join(directory, `${name}-${version}`);
}

/**
 * Starts a single node on a free port; its data is deleted when it stops.
 *
 * @throws ProcessError when it cannot be fetched or started, with its last lines
 */
export async function startEngine(release: EngineRelease, options: EngineOptions = {}): Promise<Engine> {
  const home = await installEngine(release);
  const directory = await temporaryDirectory();
  const directories = Object.fromEntries(
    DIRECTORIES.map((name) => [name, join(directory.path, name)]),
  ) as EngineDirectories;
  try {
    for (const path of Object.values(directories)) await mkdir(path);
    const settings = { ...nodeSettings(directories), ...release.settings, ...options.settings };
    // JSON is YAML, so paths need no quoting of their own.
    await writeFile(join(directories.config, `${release.name}.yml`), JSON.stringify(settings));
    await writeFile(join(directories.config, "log4j2.properties"), log4j(release.name));
    const { command, args, env } = await release.launch(home, directories, jvmOptions(directories));
    const start = () =>
      startService(command, args, {
        ...(options.onLine && { onLine: options.onLine }),
        env: { PATH: process.env.PATH, ...env },
        cwd: directory.path,
        ready: /AbstractHttpServerTransport.*publish_address \{(127\.0\.0\.1:\d+)\}/,
        timeoutSeconds: START_TIMEOUT_SECONDS,
      });
    let running = await start();
    return {
      get url() {
        return `http://${running.match[1]}`;
      },
      async restart() {
        await running.process.stop();
        running = await start();
      },
      async stop() {
        await running.process.stop();
        await directory.remove();
      },
    };
  } catch (error) {
    await directory.remove();
    throw error;
  }
}

function jvmOptions({ jna, tmp }: EngineDirectories): string[] {
  return [
    ...["-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"],
    "-Djava.security.manager=allow",
    "-Dlog4j2.disable.jmx=true",
    // Without it SIGTERM takes 30 seconds.
    "-Dlog4j.shutdownHookEnabled=false",
    "-Dio.netty.noUnsafe=true",
    "-Djava.locale.providers=SPI,COMPAT",
    // Without native access an engine does not mind being started by root.
    ...["-Djna.nosys=true", "-Djna.nounpack=true", `-Djna.boot.library.path=${jna}`],
    `-Djava.io.tmpdir=${tmp}`,
  ];
}

function nodeSettings({ data, logs }: EngineDirectories): Record<string, unknown> {
  return {
    "cluster.name": "logging-pipeline",
    "discovery.type": "single-node",
    "network.host": "127.0.0.1",
    "http.port": 0,
    "transport.port": 0,
    "path.data": data,
    "path.logs": logs,
    // A nearly full disk of a laptop must not turn indices read-only.
    "cluster.routing.allocation.disk.threshold_enabled": false,
  };
}

/** Warnings, and the line that tells the port. */
const log4j = (name: EngineRelease["name"]): string => `
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{HH:mm:ss} %p %c{1} %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
logger.http.name = org.${name}.http
logger.http.level = info
logger.natives.name = org.${name}.bootstrap.Natives
logger.natives.level = error
`;
