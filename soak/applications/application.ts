import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type RunningProcess, startProcess } from "../../tools/processes/process";
import { repositoryRoot } from "../../tools/repository";
import { type LoggedLines, lineName, readLedger } from "./line-ledger";
import { PAUSE, type ProgramSettings, type ProgramStats } from "./program-settings";

/** The lines of one process: those that must be found, and those that may be. */
export interface LifeLines {
  readonly flushed: readonly string[];
  /** Were logged, and not flushed, when the process was killed. */
  readonly unflushed: readonly string[];
}

export interface ApplicationOptions extends Omit<ProgramSettings, "ledger" | "life" | "seed"> {
  /** Where ledgers are written. */
  readonly directory: string;
  /** Returns a seed for each process. */
  seed(): number;
  /** Called with each line that a process writes. */
  onLine(line: string): void;
}

/** An application whose process is killed and started again. Call its methods one after the other. */
export class Application {
  readonly stats: ProgramStats[] = [];
  #lives = 0;
  #process!: RunningProcess;
  /** Called when the process has flushed everything. */
  #onStats: () => void = () => {};

  constructor(private readonly options: ApplicationOptions) {
    this.#start();
  }

  /** Kills the process whatever it does, and starts another one. */
  async kill(): Promise<void> {
    await this.#process.stop();
    this.#start();
  }

  /** Kills the process when it has flushed its lines and logs nothing more, and starts another one. */
  async killAfterFlush(): Promise<void> {
    const paused = new Promise<void>((resolve) => {
      this.#onStats = resolve;
    });
    this.#process.child.stdin!.write(`${PAUSE}\n`);
    await Promise.race([paused, this.#process.ended]);
    await this.kill();
  }

  /** Stops the process for a while, as a machine that is suspended does. */
  async freeze(sleep: () => Promise<unknown>): Promise<void> {
    this.#process.child.kill("SIGSTOP");
    await sleep();
    this.#process.child.kill("SIGCONT");
  }

  /** Lets the process flush, close its logger and end. @throws Error unless it ends by itself */
  async end(): Promise<void> {
    this.#process.child.stdin!.end();
    const how = await this.#process.ended;
    if (how !== "exit status 0") throw new Error(`the application ended with ${how}:\n${this.#process.tail()}`);
  }

  /** Of each process. */
  async lines(): Promise<LifeLines[]> {
    const lives = Array.from({ length: this.#lives }, (_, life) => life);
    return Promise.all(lives.map(async (life) => this.#named(life, readLedger(await this.#ledgerOf(life)))));
  }

  #start(): void {
    const { directory, seed, onLine, ...settings } = this.options;
    const life = this.#lives++;
    const program: ProgramSettings = { ...settings, life, ledger: this.#pathOf(life), seed: seed() };
    this.#process = startProcess(process.execPath, ["--import", "tsx", join(__dirname, "program.ts")], {
      cwd: repositoryRoot,
      stdin: "pipe",
      env: { PATH: process.env.PATH, ...CREDENTIALS, PROGRAM: JSON.stringify(program) },
      onLine: (line) => {
        if (line.startsWith("stats ")) {
          this.stats.push(JSON.parse(line.slice("stats ".length)));
          this.#onStats();
        }
        onLine(`application ${settings.application}: ${line}`);
      },
    });
  }

  #named(life: number, { logged, flushed }: LoggedLines): LifeLines {
    const name = (_: unknown, n: number) => lineName(this.options.application, life, n + 1);
    const names = Array.from({ length: logged }, name);
    return { flushed: names.slice(0, flushed), unflushed: names.slice(flushed) };
  }

  #pathOf(life: number): string {
    return join(this.options.directory, `${this.options.application}-${life}.txt`);
  }

  /** Empty, if the process was killed before it logged. */
  #ledgerOf(life: number): Promise<string> {
    return readFile(this.#pathOf(life), "utf8").catch(() => "");
  }
}

/** The emulator takes any. */
const CREDENTIALS = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
