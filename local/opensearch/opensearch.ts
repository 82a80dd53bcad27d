import { java } from "../../tools/prerequisites/java";
import { type Engine, type EngineOptions, startEngine } from "./engine";
import { installEngine } from "./install";
import type { EngineRelease } from "./release";

export type { Engine as OpenSearch } from "./engine";

export const OPENSEARCH: EngineRelease = {
  name: "opensearch",
  version: "2.19.6",
  sha256: "71d6d8b1c637f3faecda0752b184b1cc526fc6eaad59ec1408c6327bb00b9293",
  settings: {},
  // A single node cannot allocate replicas: with the default of one, every index is yellow. opensearch.yml ignores it.
  clusterSettings: { "cluster.default_number_of_replicas": 0 },
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

/** Fetches OpenSearch into the cache, unless it is cached. @throws MachineError with Maven's last lines */
export async function installOpenSearch(): Promise<void> {
  await installEngine(OPENSEARCH);
}

/**
 * Starts a single-node OpenSearch; its data is deleted when it stops.
 *
 * @throws MachineError when it cannot be fetched or started, with its last lines
 */
export function startOpenSearch(options: EngineOptions = {}): Promise<Engine> {
  return startEngine(OPENSEARCH, options);
}
