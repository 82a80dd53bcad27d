import { setTimeout as sleep } from "node:timers/promises";
import { temporaryDirectory } from "../../tools/processes/temporary-directory";
import type { CountsByName } from "../counts-by-name";
import { planFaults } from "../fault-plan";
import type { FaultTargets } from "../inject";
import { reportProgress, startInjection } from "../injection";
import type { SoakRun } from "../options";
import type { SoakServices } from "../services";
import { type ApplicationsOptions, killedText, sentAgainText, startApplications } from "./applications";

export interface LogUnderFaultsOptions
  extends Pick<SoakRun, "seed" | "durationMs">,
    Pick<ApplicationsOptions, "service" | "stream" | "log">,
    Pick<FaultTargets, "lambda"> {
  readonly services: SoakServices;
  /** The lane's indices, which are blocked at times. */
  readonly indexPattern: string;
  /** Called with a line about the progress, every ten seconds until `progress` is stopped. */
  say(line: string): void;
}

/** What applications have logged, by the names of lines. */
export interface LoggedUnderFaults {
  /** Flushed ones: each has to be found. */
  readonly put: string[];
  /** Those that no flush had waited for when a process was killed. */
  readonly perhaps: string[];
  readonly faults: CountsByName;
  readonly progress: { stop(): void };
  /** What a report says of the processes. @param found names of the lines that were found */
  notes(found: ReadonlySet<string>): string[];
}

/** Lets applications log into a stream, injects the planned faults for `durationMs`, and returns when the applications have ended. */
export async function logUnderFaults(options: LogUnderFaultsOptions): Promise<LoggedUnderFaults> {
  const { seed, durationMs, service, stream, log, lambda, services, indexPattern, say } = options;
  const ledgers = await temporaryDirectory();
  const applications = startApplications({ service, stream, seed, log, ledgers, services });
  say("Everything runs. Applications log, and faults are injected.");
  const places = ["search", "archive", "function", "stream", "application"] as const;
  const injection = startInjection(places, planFaults(seed, durationMs), {
    ...services,
    ...{ lambda, applications },
    blockIndices: (blocked) => services.blockIndices(indexPattern, blocked),
  });
  const progress = reportProgress(injection, say, () => `${applications.length} applications`);
  await Promise.all([sleep(durationMs), injection.ended]);

  say("All faults have ended. The applications flush and end; waiting until everything is delivered.");
  await Promise.all(applications.map((application) => application.end()));
  const lives = (await Promise.all(applications.map((application) => application.lines()))).flat();
  await ledgers.remove();
  const stats = applications.flatMap((application) => application.stats);
  return {
    put: lives.flatMap(({ flushed }) => flushed),
    perhaps: lives.flatMap(({ unflushed }) => unflushed),
    ...{ faults: injection.faults, progress },
    notes: (found) => [killedText(lives, found), sentAgainText(stats)],
  };
}
