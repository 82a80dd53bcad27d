import { dirname } from "node:path";
import { MachineError } from "../../tools/failures/machine-error";
import { explainSystemErrorIn } from "../../tools/failures/system-error";
import type { ProcessError } from "../../tools/processes/process";
import type { EngineRelease } from "./release";

const MEMORY = "It takes up to 1 GB: end other programs, or raise the limit (ulimit -v, or that of the container).";

/** Failures of Java and the engines that this machine causes, by their output or exit. */
const KNOWN: readonly (readonly [signs: RegExp, reason: string, advice: (home: string) => string])[] = [
  [
    /unable to create native thread/i,
    "the limit of threads is reached",
    () => "Raise ulimit -u, or the container's limit.",
  ],
  [
    /reserve enough space|insufficient memory for the Java|Cannot allocate memory|OutOfMemoryError|mmap failed|Not enough space|must have been reserved/i,
    "there is not enough memory",
    () => MEMORY,
  ],
  [/BindException|Address already in use/i, "another program uses its port", () => "Choose another port."],
  [
    /Could not find or load main class|ClassNotFound|NoClassDefFound|zip (END|file)|ZipException|NoSuchFileException: .*\/(modules|lib)/i,
    "its copy in the cache is incomplete",
    (home) =>
      `Delete it (rm -rf '${dirname(home).replaceAll("'", "'\\''")}'), and start again: it will be fetched again.`,
  ],
  [
    /UnsupportedClassVersion|Security Manager is not supported|Unrecognized VM option|Error: Could not create the Java Virtual Machine/i,
    "this Java cannot run it",
    () => "Use Java 17 or 21, by JAVA_HOME or on the PATH, and unset JAVA_TOOL_OPTIONS and JDK_JAVA_OPTIONS.",
  ],
  [/^signal SIGKILL$/m, "the system killed it, most likely out of memory", () => MEMORY],
  [/^not ready after/m, "this machine is too busy", () => "Start again when it is less busy."],
];

/** Explains why an engine ended before it was ready. @param home the directory that it is unpacked in */
export function startFailure(release: EngineRelease, home: string, error: ProcessError): MachineError {
  const { how, output } = error;
  const what = `${release.name} ${release.version} did not start (${how})`;
  const text = `${how}\n${output}`;
  const known = KNOWN.find(([signs]) => signs.test(text));
  const system = explainSystemErrorIn(text);
  if (known) return new MachineError(`${what}: ${known[1]}.`, known[2](home), output, { cause: error });
  return new MachineError(
    `${what}.`,
    system ?? "Its last lines say why. Or deliver to your own engine: npm start -- --search-endpoint <url>",
    output,
    { cause: error },
  );
}
