import { acceptsJava, probeJava } from "../../tools/prerequisites/java";
import { type Probe, probe, versionIn } from "../../tools/prerequisites/probe";
import { probePython } from "../../tools/prerequisites/python";
import { repositoryRoot } from "../../tools/repository";
import { isEmulatorInstalled } from "../emulator/emulator";
import { isEngineInstalled } from "../opensearch/install";
import { OPENSEARCH } from "../opensearch/opensearch";

interface Prerequisite {
  readonly name: string;
  readonly purpose: string;
  readonly needed: string;
  accepts(major: number, minor: number): boolean;
  readonly debian: string;
  readonly macos: string;
  /** Needed only when OpenSearch is started here. */
  readonly forOpenSearch?: true;
  /** Whether an earlier run has already used it for its purpose. @default never */
  isDone?(): Promise<boolean>;
  probe(): Promise<Probe>;
}

const atLeast = (wantedMajor: number, wantedMinor: number) => (major: number, minor: number) =>
  major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);

const PREREQUISITES: readonly Prerequisite[] = [
  {
    name: "Node.js",
    purpose: "runs everything in this repository",
    needed: "20.18 or newer",
    accepts: atLeast(20, 18),
    debian: "npm install --global n && n 22 (Debian's own nodejs may be older)",
    macos: "brew install node@22",
    probe: async () => versionIn(process.version, /v(\d+)\.(\d+)/),
  },
  {
    name: "Terraform",
    purpose: "plans and applies the pipeline",
    needed: "1.5 or newer",
    accepts: atLeast(1, 5),
    debian: "HashiCorp's apt repository, then: sudo apt-get install terraform",
    macos: "brew install hashicorp/tap/terraform",
    probe: () => probe("terraform", ["version"], /^Terraform v(\d+)\.(\d+)/m),
  },
  {
    name: "Python with venv",
    purpose: "runs the AWS emulator (moto)",
    needed: "3.9 or newer",
    accepts: atLeast(3, 9),
    debian: "sudo apt-get install python3 python3-venv",
    macos: "brew install python",
    probe: async () => probePython({ withVenv: !(await isEmulatorInstalled()) }),
  },
  {
    name: "Java",
    purpose: "runs OpenSearch",
    needed: "17 or 21",
    accepts: acceptsJava,
    debian: "sudo apt-get install openjdk-17-jre-headless",
    macos: "brew install openjdk@21, and set JAVA_HOME as it says",
    forOpenSearch: true,
    probe: () => probeJava(),
  },
  {
    name: "Maven",
    purpose: "fetches OpenSearch the first time",
    needed: "3.6 or newer",
    accepts: atLeast(3, 6),
    debian: "sudo apt-get install maven",
    macos: "brew install maven",
    forOpenSearch: true,
    isDone: () => isEngineInstalled(OPENSEARCH),
    probe: () => probe("mvn", ["--version"], /Apache Maven (\d+)\.(\d+)/),
  },
];

/** Thrown for tools that are missing or have the wrong version; the message lists all of them. */
export class PrerequisitesError extends Error {
  override readonly name = "PrerequisitesError";
}

/**
 * Checks the tools that the local pipeline needs.
 *
 * @param ownSearchEndpoint whether a search endpoint is given, so that OpenSearch is not started
 * @throws PrerequisitesError listing each tool that is missing or has the wrong version, its purpose, and how to install it
 */
export async function checkPrerequisites(ownSearchEndpoint: boolean): Promise<void> {
  const found = new Map<string, Probe>();
  await Promise.all(
    PREREQUISITES.filter(({ forOpenSearch }) => !(forOpenSearch && ownSearchEndpoint)).map(async (prerequisite) => {
      if (!(await prerequisite.isDone?.())) found.set(prerequisite.name, await prerequisite.probe());
    }),
  );
  const errors = [...pathErrors(repositoryRoot), ...prerequisiteErrors(found)];
  if (errors.length > 0) throw new PrerequisitesError(errors.join("\n\n"));
}

/** Explains why Java and Python cannot run in this folder. */
export function pathErrors(path: string): string[] {
  if (!path.includes(":")) return [];
  return [
    `The path ${path} contains a colon, which Java and Python use to separate folders. Move this folder to a path without one.`,
  ];
}

/** Returns a paragraph for each tool that cannot be used. @param probes by tool name */
export function prerequisiteErrors(probes: ReadonlyMap<string, Probe>): string[] {
  return PREREQUISITES.flatMap((prerequisite) => {
    const { name, needed, purpose, debian, macos, forOpenSearch } = prerequisite;
    const probe = probes.get(name);
    if (!probe || ("version" in probe && prerequisite.accepts(...probe.version))) return [];
    if (name === "Maven" && "fails" in probe && lacksJava(probes)) return [];
    return [
      `${name} ${needed} is needed: ${wordsFor(probe)}. It ${purpose}${forOpenSearch ? " (not needed with --search-endpoint)" : ""}.\n` +
        `  Debian, Ubuntu: ${debian}\n  macOS:          ${macos}`,
    ];
  });
}

/** Maven runs on Java: without Java, only Java is reported. */
function lacksJava(probes: ReadonlyMap<string, Probe>): boolean {
  const java = probes.get("Java");
  return java !== undefined && !("version" in java);
}

function wordsFor(probe: Probe): string {
  if ("version" in probe) return `found ${probe.version.join(".")}`;
  return "missing" in probe ? probe.missing : probe.fails;
}
