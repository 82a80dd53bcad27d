import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import type { KinesisStreamEvent } from "aws-lambda";
import type { ForwardIo } from "../../functions/forwarder/forward";
import type { QueryIo } from "../../query/io";
import type { UsageCommand } from "../../tools/usage/usage-command";
import { UsageError } from "../../tools/usage/usage-error";
import { BUCKET, forwarded } from "./replay";
import { metadataOf, type S3Server, startS3 } from "./s3-server";

/** What a command has printed; `errors` are those of a UsageError. */
export interface Queried {
  exitCode: number;
  output: string;
  log: string[];
}

/** An archive on this machine, and commands of query/ in this process. */
export class QueryHost {
  readonly folder = mkdtempSync(join(tmpdir(), "query-"));
  private constructor(readonly s3: S3Server) {}

  static async start(): Promise<QueryHost> {
    const host = new QueryHost(await startS3(BUCKET));
    Object.assign(process.env, {
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_ENDPOINT_URL_S3: host.s3.origin,
    });
    return host;
  }

  /** Puts what the forwarder archives of `events` into the bucket. */
  async archive(events: KinesisStreamEvent[], settings: Partial<ForwardIo["settings"]> = {}): Promise<void> {
    const { bucket } = await forwarded(events, settings);
    for (const { path, headers, body } of bucket.requests) this.s3.put(path.slice(1), body, metadataOf(headers));
  }

  /** Runs a command with the bucket given. */
  async run<T>(
    command: {
      line: () => UsageCommand;
      parse: (command: UsageCommand) => T;
      run: (args: T, io: QueryIo) => Promise<number>;
    },
    args: readonly string[],
    signal = new AbortController().signal,
  ): Promise<Queried> {
    const output = new PassThrough();
    const printed = text(output);
    const log: string[] = [];
    const env = { ...process.env, XDG_CACHE_HOME: this.folder };
    const io: QueryIo = {
      env,
      output,
      errorOutput: { isTTY: false, columns: 80, write: () => true },
      log: (line) => log.push(line),
      signal,
    };
    let exitCode: number;
    try {
      const line = command.line().parse(["--bucket", BUCKET, ...args], { from: "user" });
      exitCode = await command.run(command.parse(line), io);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      log.push(...error.errors);
      exitCode = 2;
    }
    output.end();
    return { exitCode, output: await printed, log };
  }

  async stop(): Promise<void> {
    await this.s3.stop();
    rmSync(this.folder, { recursive: true });
  }
}
