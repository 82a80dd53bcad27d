import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Finished, printedBy } from "./finished";

/** The command as one file of JavaScript, of the global set-up. */
const SCRIPT = join(__dirname, "..", "..", "dist", "commands", "search.js");

export interface SearchCommand {
  folder: string;
  /** The environment of the command. */
  env: Record<string, string | undefined>;
  /** Runs `npm run search -- …args`. */
  run(...args: string[]): Promise<Finished>;
  remove(): void;
}

/** The command in a folder of its own, with index settings in `index-settings.json`. */
export function prepareSearchCommand(): SearchCommand {
  const folder = mkdtempSync(join(tmpdir(), "search-"));
  const settings = {
    ...{ name: "logs", prefix: "cwl-", period: "day", indices: {}, history: [] },
    ...{ retention_days: 30, shards: 1, refresh_interval_seconds: 1, sort: "none", template: "managed" },
  };
  writeFileSync(join(folder, "index-settings.json"), JSON.stringify(settings));
  const env: SearchCommand["env"] = {
    PATH: process.env.PATH,
    HOME: folder,
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "secret",
  };
  return {
    ...{ folder, env },
    run: (...args) => printedBy(spawn(process.execPath, [SCRIPT, ...args], { cwd: folder, env })).finished,
    remove: () => rmSync(folder, { recursive: true }),
  };
}
