import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { cached, isCached } from "../../tools/cache";
import { verifyChecksum } from "../../tools/checksum";
import { MachineError } from "../../tools/failures/machine-error";
import { networkReason } from "../../tools/failures/network";
import { explainSystemErrorIn } from "../../tools/failures/system-error";
import { whenProcessFails } from "../../tools/failures/when-process-fails";
import { type ProcessError, run } from "../../tools/processes/process";
import { UTF8 } from "../../tools/processes/utf8";
import type { EngineRelease } from "./release";

const UNPACK = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack";

const directoryName = ({ name, version }: EngineRelease) => `${name}-${version}`;

const cacheName = (release: EngineRelease) =>
  [directoryName(release), ...(release.plugins ?? []).map((plugin) => `${plugin.name}-${plugin.version}`)].join("+");

/** Whether the engine is cached, so that nothing has to be fetched. */
export function isEngineInstalled(release: EngineRelease): Promise<boolean> {
  return isCached(cacheName(release));
}

/**
 * Fetches an engine by Maven into the cache, unless it is cached. Maven's own repository stays unchanged.
 *
 * @returns the directory that it is unpacked in
 * @throws MachineError with Maven's last lines, and for another file than the pinned one
 */
export async function installEngine(release: EngineRelease): Promise<string> {
  const { name, version, sha256, plugins = [] } = release;
  const directory = await cached(cacheName(release), async (target) => {
    const distribution = { group: `org.${name}.distribution.integ-test-zip`, name, version, sha256 };
    await unpack(distribution, target, target).catch(whenProcessFails((error) => fetchFailure(release, error)));
    for (const plugin of plugins) {
      const home = join(target, directoryName(release), "plugins", plugin.name);
      await unpack({ group: `org.${name}.plugin`, ...plugin }, home, target).catch(
        whenProcessFails((error) => fetchFailure(plugin, error)),
      );
    }
  });
  return join(directory, directoryName(release));
}

/** A zip in Maven Central. */
interface Artifact {
  group: string;
  name: string;
  version: string;
  sha256: string;
}

/** @param outputDirectory made if it is missing @param target where Maven works */
async function unpack({ group, name, version, sha256 }: Artifact, outputDirectory: string, target: string) {
  // Maven leaves its repository, and the plugin's markers in its working directory.
  const workplace = join(target, "maven");
  await mkdir(workplace);
  const properties = {
    "maven.repo.local": join(workplace, "repository"),
    artifact: `${group}:${name}:${version}:zip`,
    outputDirectory,
  };
  await run("mvn", ["-B", "-q", UNPACK, ...Object.entries(properties).map(([key, value]) => `-D${key}=${value}`)], {
    env: { ...process.env, ...UTF8 },
    cwd: workplace,
  });
  const zip = join(...group.split("."), name, version, `${name}-${version}.zip`);
  await verifyChecksum(join(workplace, "repository", zip), sha256);
  await rm(workplace, { recursive: true });
}

/** Explains why Maven failed. */
export function fetchFailure(
  { name, version }: Pick<EngineRelease, "version"> & { name: string },
  error: ProcessError,
): MachineError {
  const what = `${name} ${version} cannot be fetched by Maven`;
  const system = explainSystemErrorIn(`${error.how}\n${error.output}`);
  if (system) return new MachineError(`${what}.`, system, error.output, { cause: error });
  return new MachineError(
    `${what}: ${networkReason(error.output) ?? error.how}.`,
    "It is fetched only once. Give this machine access to Maven Central, or configure a mirror or a proxy in Maven's ~/.m2/settings.xml.\n" +
      "Or deliver to your own engine: npm start -- --search-endpoint <url>",
    error.output,
    { cause: error },
  );
}
