import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildCommands } from "../../build/commands";
import { type Finished, printedBy } from "./finished";

/** An empty folder of a person who has the Terraform module only, into which npm installed the packed commands, and no other package. */
export class InstalledCommands {
  readonly #folder = mkdtempSync(join(tmpdir(), "commands-"));
  readonly project = join(this.#folder, "project");
  readonly package = join(this.project, "node_modules/aws-logging-pipeline");

  constructor() {
    const tarball = buildCommands(join(this.#folder, "built"));
    mkdirSync(this.project);
    writeFileSync(join(this.project, "package.json"), "{}");
    // Offline: what npm had to fetch would fail.
    const install = ["install", "--offline", "--no-audit", "--no-fund", tarball];
    execFileSync("npm", install, { cwd: this.project, env: this.#environment() });
  }

  /** Runs `npx aws-logging-pipeline …args`. */
  run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
    const child = spawn("npx", ["--offline", "aws-logging-pipeline", ...args], {
      cwd: this.project,
      env: { ...this.#environment(), ...env },
    });
    return printedBy(child).finished;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }

  #environment(): NodeJS.ProcessEnv {
    return { PATH: process.env.PATH, HOME: this.#folder, NODE_NO_WARNINGS: "1", npm_config_update_notifier: "false" };
  }
}
