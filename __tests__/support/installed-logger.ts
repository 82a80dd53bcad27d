import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { gunzipSync } from "node:zlib";
import { buildNodeLogger } from "../../build/node-logger";
import type { KinesisServer } from "./kinesis-server";

const ROOT = join(__dirname, "../..");

/** What an application installs besides the logger; the tests have no registry. */
const PEERS = ["@aws-sdk/client-kinesis", "@aws-sdk/client-firehose", "pino", "winston", "typescript", "@types/node"];

/** What npm installs with it. */
const DEPENDENCIES = ["@smithy/node-http-handler", "pino-abstract-transport", "winston-transport"];

/** A program that is running. */
export interface RunningProgram {
  /** Returns the next line that it prints. */
  line(): Promise<string>;
  signal(signal: NodeJS.Signals): void;
  /** Waits until it has ended. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; stderr: string }>;
}

/** An empty project of an application, into which the packed logger was installed. */
export class InstalledLogger {
  readonly folder = mkdtempSync(join(tmpdir(), "node-logger-"));
  readonly #project = join(this.folder, "project");

  constructor() {
    const tarball = buildNodeLogger(join(this.folder, "built"));
    const installed = join(this.#project, "node_modules/aws-logging-pipeline-logger");
    mkdirSync(installed, { recursive: true });
    execFileSync("tar", ["-xzf", tarball, "-C", installed, "--strip-components=1"]);
    for (const name of [...PEERS, ...DEPENDENCIES]) {
      const link = join(this.#project, "node_modules", name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(ROOT, "node_modules", name), link);
    }
  }

  path(name: string): string {
    return join(this.#project, name);
  }

  /** Writes a program into the project. */
  write(name: string, source: string): string {
    writeFileSync(this.path(name), source);
    return this.path(name);
  }

  /** Starts a program of the project, whose logger finds a Kinesis on this machine. */
  start(name: string, kinesis: { origin: string }, env: Record<string, string> = {}): RunningProgram {
    const child = spawn(process.execPath, [this.path(name)], {
      cwd: this.#project,
      env: {
        PATH: process.env.PATH,
        // The SDK tells which versions of Node.js it will drop.
        NODE_NO_WARNINGS: "1",
        AWS_REGION: "eu-central-1",
        AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
        AWS_SECRET_ACCESS_KEY: "secret",
        AWS_ENDPOINT_URL_KINESIS: kinesis.origin,
        ...env,
      },
    });
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return {
      line: async () => {
        const { value, done } = await lines.next();
        if (done) throw new Error(`${name} ended: ${stderr}`);
        return value;
      },
      signal: (signal) => void child.kill(signal),
      ended: once(child, "close").then(([code, signal]) => ({ code, signal, stderr })),
    };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** The lines that a Kinesis on this machine has accepted, each as often as it came. */
export function acceptedLines({ accepted }: Pick<KinesisServer, "accepted">): Record<string, unknown>[] {
  return accepted.flatMap(({ Data }) => {
    const data = Buffer.from(Data, "base64");
    const text = (data[0] === 0x1f ? gunzipSync(data) : data).toString();
    return text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  });
}
