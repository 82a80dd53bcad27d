import { ProcessError, run } from "../processes/process";
import { UTF8 } from "../processes/utf8";

export type Version = readonly [major: number, minor: number];

/** Result of probing a tool: its version, or in words that it is missing or fails. */
export type Probe = { readonly version: Version } | { readonly missing: string } | { readonly fails: string };

export interface ProbeOptions {
  /** @default this process's */
  readonly env?: NodeJS.ProcessEnv;
  /** Timeout after which the tool counts as failing. @default 20 */
  readonly timeoutSeconds?: number;
}

/** Probes the version of a tool. @param pattern its groups are the major and minor version */
export async function probe(
  command: string,
  args: readonly string[],
  pattern: RegExp,
  { env = process.env, timeoutSeconds = 20 }: ProbeOptions = {},
): Promise<Probe> {
  try {
    return versionIn(await run(command, args, { env: { ...env, ...UTF8 }, timeoutSeconds }), pattern);
  } catch (error) {
    if (!(error instanceof ProcessError)) throw error;
    const { how, output } = error;
    if (how.endsWith(" ENOENT")) return { missing: `${command} was not found` };
    const [firstLine = ""] = output.split("\n");
    return { fails: `${[command, ...args].join(" ")}: ${how}${firstLine && `, ${firstLine}`}` };
  }
}

export function versionIn(text: string, pattern: RegExp): Probe {
  const match = pattern.exec(text);
  return match ? { version: [Number(match[1]), Number(match[2] ?? 0)] } : { fails: `no version in: ${text}` };
}
