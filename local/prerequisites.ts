import { java } from "./opensearch/opensearch";
import { run } from "./processes/process";

/** What was found of a tool: its version as [major, minor], or why it cannot be used. */
export type Probe = { readonly version: readonly [number, number] } | { readonly missing: string };

interface Prerequisite {
  readonly name: string;
  readonly purpose: string;
  readonly needed: string;
  accepts(major: number, minor: number): boolean;
  readonly debian: string;
  readonly macos: string;
  /** Not needed by those who have a search endpoint of their own. */
  readonly forOpenSearch?: true;
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
    probe: () => probe("python3", ["-c", "import ensurepip, sys, venv; print(sys.version)"], /^(\d+)\.(\d+)/m),
  },
  {
    name: "Java",
    purpose: "runs OpenSearch",
    needed: "17 or 21",
    accepts: (major) => major === 17 || major === 21,
    debian: "sudo apt-get install openjdk-17-jre-headless",
    macos: "brew install openjdk@21, and set JAVA_HOME as it says",
    forOpenSearch: true,
    probe: () => probe(java(), ["-version"], /version "(\d+)(?:\.(\d+))?/),
  },
  {
    name: "Maven",
    purpose: "fetches OpenSearch",
    needed: "3.6 or newer",
    accepts: atLeast(3, 6),
    debian: "sudo apt-get install maven",
    macos: "brew install maven",
    forOpenSearch: true,
    probe: () => probe("mvn", ["--version"], /Apache Maven (\d+)\.(\d+)/),
  },
];

/** Thrown when tools are missing or have the wrong version; the message lists all of them. */
export class PrerequisitesError extends Error {
  override readonly name = "PrerequisitesError";
}

/**
 * Looks for the tools that the laptop needs.
 *
 * @param ownSearchEndpoint whether OpenSearch need not be started
 * @throws PrerequisitesError listing all that is missing or has the wrong version, what for, and how to install it
 */
export async function checkPrerequisites(ownSearchEndpoint: boolean): Promise<void> {
  const wanted = PREREQUISITES.filter(({ forOpenSearch }) => !(forOpenSearch && ownSearchEndpoint));
  const probes = await Promise.all(wanted.map((prerequisite) => prerequisite.probe()));
  const mistakes = findMistakes(new Map(wanted.map(({ name }, i) => [name, probes[i]!])));
  if (mistakes.length > 0) throw new PrerequisitesError(mistakes.join("\n\n"));
}

/** One paragraph for each tool that cannot be used. @param probes by the tools' names */
export function findMistakes(probes: ReadonlyMap<string, Probe>): string[] {
  return PREREQUISITES.flatMap((prerequisite) => {
    const { name, needed, purpose, debian, macos, forOpenSearch } = prerequisite;
    const probe = probes.get(name);
    if (!probe || ("version" in probe && prerequisite.accepts(...probe.version))) return [];
    const found = "missing" in probe ? probe.missing : `found ${probe.version.join(".")}`;
    return [
      `${name} ${needed} is needed: ${found}. It ${purpose}${forOpenSearch ? "; not needed with --search-endpoint" : ""}.\n` +
        `  Debian, Ubuntu: ${debian}\n  macOS:          ${macos}`,
    ];
  });
}

async function probe(command: string, args: readonly string[], pattern: RegExp): Promise<Probe> {
  try {
    return versionIn(await run(command, args, { env: process.env }), pattern);
  } catch (error) {
    const { message } = error as Error;
    return { missing: message.includes("ENOENT") ? `${command} was not found` : message.split("\n").join(" ") };
  }
}

function versionIn(text: string, pattern: RegExp): Probe {
  const match = pattern.exec(text);
  return match ? { version: [Number(match[1]), Number(match[2] ?? 0)] } : { missing: `no version in: ${text}` };
}
