import { join } from "node:path";
import { acceptsJava, java, probeJava } from "../../../tools/prerequisites/java";
import { probe } from "../../../tools/prerequisites/probe";
import { probePython } from "../../../tools/prerequisites/python";
import { type TemporaryDirectory, temporaryDirectory } from "../../../tools/processes/temporary-directory";
import { javaOf, program } from "./programs";

let directory: TemporaryDirectory;
let bin: string;

beforeEach(async () => {
  directory = await temporaryDirectory();
  bin = join(directory.path, "bin");
});

afterEach(() => directory.remove());

const VERSION = /(\d+)\.(\d+)/;
const env = (variables: NodeJS.ProcessEnv = {}) => ({ PATH: `${bin}:/usr/bin:/bin`, ...variables });

describe("probe", () => {
  it("reads the version", async () => {
    await program(join(bin, "tool"), "echo Tool 3.14");
    expect(await probe("tool", [], VERSION, { env: env() })).toEqual({ version: [3, 14] });
  });

  it("distinguishes a tool that is missing from one that fails", async () => {
    await program(join(bin, "tool"), "echo 'no license' >&2; echo more; exit 3");
    expect(await probe("other", [], VERSION, { env: env() })).toEqual({ missing: "other was not found" });
    expect(await probe("tool", ["-v"], VERSION, { env: env() })).toEqual({
      fails: expect.stringMatching(/^tool -v: exit status 3, (no license|more)$/),
    });
  });

  it("ends a tool that hangs", async () => {
    await program(join(bin, "tool"), "sleep 600");
    expect(await probe("tool", [], VERSION, { env: env(), timeoutSeconds: 0.3 })).toEqual({
      fails: "tool: not finished after 0.3 seconds",
    });
  });

  it("lets tools read paths in UTF-8, whatever the user's locale is", async () => {
    await program(join(bin, "tool"), 'echo "$LC_ALL 1.0"');
    expect(await probe("tool", [], /^C\.UTF-8 (\d+)\.(\d+)/, { env: env({ LC_ALL: "C" }) })).toEqual({
      version: [1, 0],
    });
  });
});

describe("probeJava", () => {
  it("probes the java of JAVA_HOME, or else of the PATH", async () => {
    await program(join(bin, "java"), javaOf("21.0.7"));
    const JAVA_HOME = join(directory.path, "jdk");
    await program(join(JAVA_HOME, "bin", "java"), javaOf("17.0.15"));
    expect(await probeJava({ env: env() })).toEqual({ version: [21, 0] });
    expect(await probeJava({ env: env({ JAVA_HOME }) })).toEqual({ version: [17, 0] });
    expect([java({}), java({ JAVA_HOME })]).toEqual(["java", join(JAVA_HOME, "bin", "java")]);
  });

  it("reads version numbers like 1.8", async () => {
    await program(join(bin, "java"), javaOf("1.8.0_452"));
    expect(await probeJava({ env: env() })).toEqual({ version: [8, 0] });
    expect([8, 11, 17, 21, 25].filter(acceptsJava)).toEqual([17, 21]);
  });

  it.each([
    ["leads to nothing", undefined, "which has no bin/java"],
    ["is another version", javaOf("25.0.1"), "which is Java 25.0"],
    [
      "is broken",
      "echo 'no libjvm.so'; exit 1",
      "whose bin/java does not work (.*/bin/java -version: exit status 1, no libjvm.so)",
    ],
  ])("reports that JAVA_HOME %s, and that the PATH's java works", async (_, script, words) => {
    const JAVA_HOME = join(directory.path, "jdk");
    if (script) await program(join(JAVA_HOME, "bin", "java"), script);
    await program(join(bin, "java"), javaOf("17.0.15"));
    expect(await probeJava({ env: env({ JAVA_HOME }) })).toEqual({
      fails: expect.stringMatching(
        `^JAVA_HOME is ${JAVA_HOME}, ${words.replace(/[()]/g, "\\$&")}; unset JAVA_HOME to use the java on the PATH, 17.0$`,
      ),
    });
  });

  it("does not suggest the PATH's java where it would not work, either", async () => {
    await program(join(bin, "java"), javaOf("11.0.2"));
    const JAVA_HOME = join(directory.path, "jdk");
    expect(await probeJava({ env: env({ JAVA_HOME }) })).toEqual({
      fails: `JAVA_HOME is ${JAVA_HOME}, which has no bin/java`,
    });
  });
});

describe("probePython", () => {
  const withoutVenv = `case "$2" in *venv*) echo "No module named 'ensurepip'" >&2; exit 1;; *) echo '3.11.2 (main)';; esac`;

  it("requires venv only to create a virtual environment", async () => {
    await program(join(bin, "python3"), withoutVenv);
    expect(await probePython({ env: env(), withVenv: false })).toEqual({ version: [3, 11] });
    expect(await probePython({ env: env(), withVenv: true })).toEqual({
      fails: "found 3.11 without venv and ensurepip",
    });
  });

  it("reports that there is no Python", async () => {
    expect(await probePython({ env: { PATH: bin }, withVenv: true })).toEqual({ missing: "python3 was not found" });
  });
});
