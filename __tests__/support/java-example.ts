import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile, rm } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { cached } from "../../tools/cache";
import { java } from "../../tools/prerequisites/java";
import { run } from "../../tools/processes/process";
import { temporaryDirectory } from "../../tools/processes/temporary-directory";

const COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";

const runs = (command: string, option: string) => spawnSync(command, [option], { stdio: "ignore" }).status === 0;

/** Whether the examples in Java can run: by a JDK, whose launcher compiles a program, and Maven, which fetches its libraries. */
export const hasJavaAndMaven = runs("javac", "-version") && runs("mvn", "-version");

/**
 * Runs a program of a Maven project that has no other build than compiling.
 *
 * @param project its folder
 * @param main the class of package `example` that has `main`
 * @param env in addition to the PATH
 */
export async function runJavaExample(project: string, main: string, env: Record<string, string>): Promise<string> {
  const libraries = join(await projectLibraries(project), "*");
  const sources = join(project, "src", "main");
  const classes = await temporaryDirectory();
  try {
    const files = await readdir(join(sources, "java", "example"));
    const paths = files.map((file) => join(sources, "java", "example", file));
    await run("javac", ["-d", classes.path, "-cp", libraries, ...paths], { env: process.env });
    const classPath = [classes.path, join(sources, "resources"), libraries].join(delimiter);
    // CBOR, which the SDK speaks to Kinesis by default, is what neither the emulator nor the fake server reads.
    const options = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Daws.cborEnabled=false", "-cp", classPath];
    return await run(java(), [...options, `example.${main}`], {
      env: { PATH: process.env.PATH, ...env },
      timeoutSeconds: 300,
    });
  } finally {
    await classes.remove();
  }
}

/** Downloads the libraries that the project's pom names, unless they are cached. */
async function projectLibraries(project: string): Promise<string> {
  const pom = join(project, "pom.xml");
  const hash = createHash("sha256")
    .update(await readFile(pom))
    .digest("hex");
  return cached(`java-libraries-${hash.slice(0, 16)}`, async (folder) => {
    const repository = join(folder, "repository");
    const properties = [`-DoutputDirectory=${folder}`, `-Dmaven.repo.local=${repository}`];
    await run("mvn", ["-B", "-q", "-f", pom, COPY, ...properties], { env: process.env });
    await rm(repository, { recursive: true });
  });
}
