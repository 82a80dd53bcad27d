import { join } from "node:path";
import { emulatedAccount } from "../../local/aws/account";
import { startProxy } from "../../local/faults/proxy";
import { startProcess } from "../../tools/processes/process";
import { repositoryRoot } from "../../tools/repository";
import { cpuSecondsIn, RequestCounts, type RunCost, s3RequestKind } from "./run-cost";

/** The commands as they are published, built by `npm run packages`. */
const COMMANDS = join(repositoryRoot, "dist/packages/commands/dist/cli.js");

/** Says in its last lines how much CPU time the command took. */
const TIMED = '"$@"; code=$?; times; exit $code';

/** Origins of the services that commands talk to. */
export interface CommandServices {
  readonly s3: string;
  readonly search: string;
}

/** How a command ended, what it printed, and what that took. */
export interface CommandRun extends Pick<RunCost, "s3" | "search" | "seconds" | "cpuSeconds"> {
  readonly exitCode: number;
  readonly lines: readonly string[];
}

/**
 * Runs a command of the package in a process of its own, with proxies before the services that count its requests.
 *
 * @param args begin with the command's name; `--search-endpoint` is added if it `searches`
 * @throws Error when a signal ends it
 */
export async function runCommand(
  args: readonly string[],
  services: CommandServices,
  { searches = true }: { readonly searches?: boolean } = {},
): Promise<CommandRun> {
  const s3 = new RequestCounts();
  const search = new RequestCounts();
  const [s3Proxy, searchProxy] = await Promise.all([
    startProxy({
      target: () => services.s3,
      onAnswer: (body, { method, url }) => s3.add(s3RequestKind(method, url), body.length),
    }),
    startProxy({
      target: () => services.search,
      onAnswer: (body, { method = "" }) => search.add(method, body.length),
    }),
  ]);
  const lines: string[] = [];
  const started = performance.now();
  try {
    const endpoint = searches ? ["--search-endpoint", searchProxy.url, "--login", "none"] : [];
    const command = [process.execPath, COMMANDS, ...args, ...endpoint];
    const running = startProcess("sh", ["-c", TIMED, "sh", ...command], {
      env: { PATH: process.env.PATH, ...emulatedAccount, AWS_ENDPOINT_URL_S3: s3Proxy.url },
      onLine: (line) => lines.push(line),
    });
    const how = await running.ended;
    const seconds = (performance.now() - started) / 1000;
    const [, status] = /^exit status (\d+)$/.exec(how) ?? [];
    if (status === undefined) throw new Error(`${args.join(" ")}: ${how}\n${running.tail()}`);
    return { ...{ exitCode: Number(status), lines, s3, search, seconds }, cpuSeconds: cpuSecondsIn(lines) };
  } finally {
    await Promise.all([s3Proxy.stop(), searchProxy.stop()]);
  }
}
