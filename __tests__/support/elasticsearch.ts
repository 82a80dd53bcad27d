import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { EngineRelease } from "../../local/opensearch/release";
import { java } from "../../tools/prerequisites/java";
import { run } from "../../tools/processes/process";

/** Elasticsearch 7.17 and 8.17, by their own script: 8.17 takes its settings from a launcher only. */
export const ELASTICSEARCH = ["7.17.28", "8.17.0"].map(
  (version): EngineRelease => ({
    name: "elasticsearch",
    version,
    settings: { "xpack.security.enabled": false },
    async launch(home, { config, tmp }, jvmOptions) {
      await writeFile(join(config, "jvm.options"), jvmOptions.join("\n"));
      return {
        command: "bash",
        args: [join(home, "bin", "elasticsearch")],
        env: { ES_PATH_CONF: config, ES_TMPDIR: tmp, ES_JAVA_HOME: await javaHome() },
      };
    },
  }),
);

/** The script looks for java in the engine's own folder only, where this distribution has none. */
async function javaHome(): Promise<string> {
  const properties = await run(java(), ["-XshowSettings:properties", "-version"], { env: process.env });
  return /java\.home = (.*)/.exec(properties)![1]!;
}
