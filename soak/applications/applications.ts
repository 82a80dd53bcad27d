import { join } from "node:path";
import { emulatedAccount } from "../../local/aws/account";
import type { TemporaryDirectory } from "../../tools/processes/temporary-directory";
import { Random } from "../../tools/random";
import { repositoryRoot } from "../../tools/repository";
import { count } from "../../tools/text/numbers";
import type { SoakServices } from "../services";
import { Application, type LifeLines } from "./application";
import type { ProgramSettings, ProgramStats } from "./program-settings";

const APPLICATIONS = 3;

/** The package as `npm run packages` builds it. */
const PACKAGE = join(repositoryRoot, "dist", "packages", "node-logger", "dist", "index.js");

export interface ApplicationsOptions extends Pick<ProgramSettings, "service" | "stream" | "seed"> {
  readonly ledgers: TemporaryDirectory;
  readonly services: Pick<SoakServices, "streamProxy">;
  /** Called with each line that they write. */
  log(line: string): void;
}

/** Starts applications that log into a stream. */
export function startApplications({ ledgers, services, seed, log, ...given }: ApplicationsOptions): Application[] {
  const random = new Random(seed);
  return Array.from(
    { length: APPLICATIONS },
    (_, application) =>
      new Application({
        ...{ ...given, application, package: PACKAGE, endpoint: services.streamProxy.url },
        ...{ region: emulatedAccount.AWS_REGION, directory: ledgers.path, seed: () => random.seed(), onLine: log },
      }),
  );
}

/** Counts what kills cost: lines that no flush had waited for. */
export function killedText(lives: readonly LifeLines[], found: ReadonlySet<string>): string {
  const unflushed = lives.flatMap((life) => life.unflushed);
  const delivered = unflushed.filter((line) => found.has(line)).length;
  return (
    `${count(lives.length)} processes logged. Killed, they had ${count(unflushed.length)} lines that were not flushed: ` +
    `${count(delivered)} of them were delivered, ${count(unflushed.length - delivered)} were lost with the process.`
  );
}

/** Counts what processes sent again. */
export function sentAgainText(stats: readonly ProgramStats[]): string {
  const sum = (of: (one: ProgramStats) => number) => count(stats.reduce((all, one) => all + of(one), 0));
  const resent = sum((one) => one.resentRecords);
  const throttled = sum((one) => one.throttledRecords);
  const dropped = sum((one) => Object.values(one.dropped).reduce((all, lines) => all + lines, 0));
  return `Records that processes sent again before they ended: ${resent}, ${throttled} of them throttled; lines dropped: ${dropped}.`;
}
