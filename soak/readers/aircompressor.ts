import { copyFile, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { cached } from "../../tools/cache";
import { verifyChecksum } from "../../tools/checksum";
import { java } from "../../tools/prerequisites/java";
import { run } from "../../tools/processes/process";
import { UTF8 } from "../../tools/processes/utf8";

/** The newest release: the library by which Trino, and so Athena, reads gzip. */
const AIRCOMPRESSOR = {
  version: "2.0.3",
  sha256: "b86bb66f610079e0bf790d62e2ff68853eb0dc4748a6d68ae28bce92b68094aa",
  streams: "io.airlift.compress.gzip.JdkGzipHadoopStreams",
};

const PROGRAM = join(__dirname, "Lines.java");

/** Fetches the library by Maven into the cache, as engines are. @returns the jar */
async function installAircompressor(): Promise<string> {
  const { version, sha256 } = AIRCOMPRESSOR;
  const jar = `aircompressor-${version}.jar`;
  const directory = await cached(`aircompressor-${version}`, async (target) => {
    const workplace = join(target, "maven");
    await mkdir(workplace);
    const repository = join(workplace, "repository");
    const get = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:get";
    const properties = { "maven.repo.local": repository, artifact: `io.airlift:aircompressor:${version}:jar` };
    const options = Object.entries({ ...properties, transitive: "false" }).map(([key, value]) => `-D${key}=${value}`);
    await run("mvn", ["-B", "-q", get, ...options], { env: { ...process.env, ...UTF8 }, cwd: workplace });
    const fetched = join(repository, "io", "airlift", "aircompressor", version, jar);
    await verifyChecksum(fetched, sha256);
    await copyFile(fetched, join(target, jar));
    await rm(workplace, { recursive: true });
  });
  return join(directory, jar);
}

/** Counts the lines that aircompressor finds in each of gzipped files. @throws ProcessError, MachineError */
export async function aircompressorLines(files: readonly string[], cwd: string): Promise<number[]> {
  return linesRead(["-cp", await installAircompressor()], AIRCOMPRESSOR.streams, files, cwd);
}

/** Counts the lines that Java's GZIPInputStream finds in each of gzipped files. @throws ProcessError */
export function javaLines(files: readonly string[], cwd: string): Promise<number[]> {
  return linesRead([], "java", files, cwd);
}

async function linesRead(options: readonly string[], reader: string, files: readonly string[], cwd: string) {
  const output = await run(java(), [...options, PROGRAM, reader, ...files], { env: process.env, cwd });
  return output.split("\n").map(Number);
}
