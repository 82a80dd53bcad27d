import { join } from "node:path";
import { type Engine, type EngineOptions, type EngineRelease, installEngine, startEngine } from "./engine";

export type { Engine as OpenSearch } from "./engine";

export const OPENSEARCH: EngineRelease = {
  name: "opensearch",
  version: "2.19.6",
  settings: {},
  async launch(home, { config }, jvmOptions) {
    const properties = [
      `-Dopensearch.path.home=${home}`,
      `-Dopensearch.path.conf=${config}`,
      ...["-Dopensearch.distribution.type=zip", "-Dopensearch.bundled_jdk=false"],
    ];
    const main = ["-cp", `${home}/lib/*`, "org.opensearch.bootstrap.OpenSearch"];
    return { command: java(), args: [...jvmOptions, ...properties, ...main], env: {} };
  },
};

/** The java that prerequisites.ts looks at: JAVA_HOME's, or else the PATH's. */
export function java(): string {
  return process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin", "java") : "java";
}

/** Fetches OpenSearch into the cache, unless it is there. @throws ProcessError with Maven's last lines */
export async function installOpenSearch(): Promise<void> {
  await installEngine(OPENSEARCH);
}

/**
 * Starts a single-node OpenSearch on a free port; its data is deleted when it stops.
 *
 * @throws ProcessError when it cannot be fetched or started, with its last lines
 */
export function startOpenSearch(options: EngineOptions = {}): Promise<Engine> {
  return startEngine(OPENSEARCH, options);
}
