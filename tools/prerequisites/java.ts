import { join } from "node:path";
import { type Probe, type ProbeOptions, probe } from "./probe";

/** The java of JAVA_HOME, or else of the PATH. @param environment @default this process's */
export function java({ JAVA_HOME }: NodeJS.ProcessEnv = process.env): string {
  return JAVA_HOME ? join(JAVA_HOME, "bin", "java") : "java";
}

/** Whether a Java version runs OpenSearch 2.19. */
export const acceptsJava = (major: number): boolean => major === 17 || major === 21;

/** Probes `java()`; if JAVA_HOME is wrong, also says whether the PATH's java would work. */
export async function probeJava(options: ProbeOptions = {}): Promise<Probe> {
  const { env = process.env } = options;
  const found = await probe(java(env), ["-version"], VERSION, options);
  if (!env.JAVA_HOME || ("version" in found && acceptsJava(found.version[0]))) return found;
  const onPath = await probe("java", ["-version"], VERSION, options);
  const usable = "version" in onPath && acceptsJava(onPath.version[0]);
  const instead = usable ? `; unset JAVA_HOME to use the java on the PATH, ${onPath.version.join(".")}` : "";
  return { fails: `JAVA_HOME is ${env.JAVA_HOME}, ${wordsFor(found)}${instead}` };
}

/** `17.0.15`, and `1.8.0` for Java 8. */
const VERSION = /version "(?:1\.)?(\d+)(?:\.(\d+))?/;

function wordsFor(probe: Probe): string {
  if ("version" in probe) return `which is Java ${probe.version.join(".")}`;
  return "missing" in probe ? "which has no bin/java" : `whose bin/java does not work (${probe.fails})`;
}
