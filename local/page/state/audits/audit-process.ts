import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type RunningProcess, startProcess } from "../../../../tools/processes/process";
import { within } from "../../../../tools/processes/within";
import { repositoryRoot } from "../../../../tools/repository";
import { commandEnvironment } from "../../command-environment";
import { type AuditOutcome, AuditReader } from "./audit-outcome";

/** An engine that does not answer has failed the audit by then. */
const TIMEOUT_SECONDS = 300;

export interface AuditPlace {
  /** In which the audit works. */
  readonly directory: string;
  readonly emulatorUrl: string;
}

/** Runs audits, one after the other, each in a process of its own: it may take memory and CPU that this one has not. */
export class AuditProcess {
  #running: RunningProcess | undefined;

  constructor(private readonly place: AuditPlace) {}

  /** @param args of `npm run audit` */
  async run(args: readonly string[]): Promise<AuditOutcome> {
    const { directory, emulatorUrl } = this.place;
    // An audit that was stopped would go on with what it has found then.
    await rm(join(directory, ".local"), { recursive: true, force: true });
    await mkdir(directory, { recursive: true });
    const reader = new AuditReader();
    const tsx = pathToFileURL(require.resolve("tsx")).href;
    const program = join(repositoryRoot, "audit", "main.ts");
    const running = startProcess(process.execPath, ["--import", tsx, program, ...args, "--json"], {
      cwd: directory,
      env: commandEnvironment(emulatorUrl),
      onLine: (line) => reader.add(line),
    });
    this.#running = running;
    const how = await within(TIMEOUT_SECONDS, "finished", running.ended);
    await running.stop();
    this.#running = undefined;
    return reader.outcome(how);
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
  }
}
