import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cached } from "../cache";
import { run, startService } from "../processes/process";
import { temporaryDirectory } from "../processes/temporary-directory";

/** Only this coordinate exists for the distribution without plugins; its metadata is incomplete, so it is pinned. */
const VERSION = "2.19.6";
const ARTIFACT = `org.opensearch.distribution.integ-test-zip:opensearch:${VERSION}:zip`;
const UNPACK = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack";
const START_TIMEOUT_SECONDS = 120;

export interface OpenSearch {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Fetches OpenSearch by Maven into the cache, unless it is there. Maven's own repository stays as it is.
 *
 * @throws ProcessError with Maven's last lines
 */
export async function installOpenSearch(): Promise<string> {
  const directory = await cached(`opensearch-${VERSION}`, async (target) => {
    const repository = join(target, "maven-repository");
    await run(
      "mvn",
      ["-B", "-q", `-Dmaven.repo.local=${repository}`, UNPACK, `-Dartifact=${ARTIFACT}`, `-DoutputDirectory=${target}`],
      { env: process.env, cwd: target },
    );
    await rm(repository, { recursive: true });
  });
  return join(directory, `opensearch-${VERSION}`);
}

/** The java that prerequisites.ts looks at: JAVA_HOME's, or else the PATH's. */
export function java(): string {
  return process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin", "java") : "java";
}

/**
 * Starts a single-node OpenSearch on a free port; its data is deleted when it stops.
 *
 * @throws ProcessError when it cannot be fetched or started, with its last lines
 */
export async function startOpenSearch(options: { onLine?(line: string): void } = {}): Promise<OpenSearch> {
  const home = await installOpenSearch();
  const directory = await temporaryDirectory();
  const inDirectory = (name: string) => join(directory.path, name);
  for (const name of ["config", "data", "logs", "tmp", "jna"]) await mkdir(inDirectory(name));
  await writeFile(inDirectory("config/opensearch.yml"), settings(inDirectory("data"), inDirectory("logs")));
  await writeFile(inDirectory("config/log4j2.properties"), LOG4J);
  try {
    const { process: server, match } = await startService(java(), jvmArguments(home, inDirectory), {
      ...options,
      env: { PATH: process.env.PATH },
      cwd: directory.path,
      ready: /AbstractHttpServerTransport.*publish_address \{(127\.0\.0\.1:\d+)\}/,
      timeoutSeconds: START_TIMEOUT_SECONDS,
    });
    return {
      url: `http://${match[1]}`,
      async stop() {
        await server.stop();
        await directory.remove();
      },
    };
  } catch (error) {
    await directory.remove();
    throw error;
  }
}

function jvmArguments(home: string, inDirectory: (name: string) => string): string[] {
  return [
    ...["-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"],
    "-Djava.security.manager=allow",
    "-Dlog4j2.disable.jmx=true",
    // Without it SIGTERM takes 30 seconds.
    "-Dlog4j.shutdownHookEnabled=false",
    "-Dio.netty.noUnsafe=true",
    "-Djava.locale.providers=SPI,COMPAT",
    // Without native access OpenSearch does not mind being started by root.
    ...["-Djna.nosys=true", "-Djna.nounpack=true", `-Djna.boot.library.path=${inDirectory("jna")}`],
    `-Djava.io.tmpdir=${inDirectory("tmp")}`,
    `-Dopensearch.path.home=${home}`,
    `-Dopensearch.path.conf=${inDirectory("config")}`,
    ...["-Dopensearch.distribution.type=zip", "-Dopensearch.bundled_jdk=false"],
    ...["-cp", `${home}/lib/*`, "org.opensearch.bootstrap.OpenSearch"],
  ];
}

/** JSON is YAML, so paths need no quoting of their own. */
function settings(data: string, logs: string): string {
  return JSON.stringify({
    "cluster.name": "logging-pipeline",
    "discovery.type": "single-node",
    "network.host": "127.0.0.1",
    "http.port": 0,
    "transport.port": 0,
    "path.data": data,
    "path.logs": logs,
    // A nearly full disk of a laptop must not turn indices read-only.
    "cluster.routing.allocation.disk.threshold_enabled": false,
  });
}

const LOG4J = `
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{HH:mm:ss} %p %c{1} %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
logger.http.name = org.opensearch.http
logger.http.level = info
logger.natives.name = org.opensearch.bootstrap.Natives
logger.natives.level = error
`;
