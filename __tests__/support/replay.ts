import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KinesisStreamEvent } from "aws-lambda";
import type { Send } from "../../core/http/send";
import { type ForwardIo, forward } from "../../functions/forwarder/forward";
import { failureObject } from "../../local/event-source-mapping/kinesis/on-failure";
import { type Finished, printedBy } from "./finished";
import { prepareForwarding } from "./forwarding";
import { type HttpServer, serve } from "./http-server";
import { ARRIVAL } from "./kinesis";
import { type KinesisServer, startKinesis } from "./kinesis-server";
import { metadataOf, type S3Server, startS3 } from "./s3-server";
import { SearchEngine } from "./search-engine";

/** The command as one file of JavaScript, of the global set-up. */
const SCRIPT = join(__dirname, "..", "..", "dist", "commands", "replay.js");

export const BUCKET = "the-archive";

export interface Running {
  child: ChildProcess;
  finished: Promise<Finished>;
  /** Resolves when stderr has said `text`. */
  said(text: string): Promise<void>;
}

export interface ReplayHost {
  s3: S3Server;
  engine: SearchEngine;
  search: HttpServer;
  /** The environment of the command. */
  env: Record<string, string | undefined>;
  folder: string;
  /** Starts `npm run replay -- …args`, with the bucket given. */
  start(...args: string[]): Running;
  run(...args: string[]): Promise<Finished>;
  /** The journals that are kept. */
  journals(): string[];
  stop(): Promise<void>;
}

/**
 * An archive and a search engine on this machine, and the command in a folder of its own.
 *
 * @param fake answers in place of the search engine
 */
export async function startReplayHost(fake?: (engine: SearchEngine) => { send: Send }): Promise<ReplayHost> {
  const folder = mkdtempSync(join(tmpdir(), "replay-"));
  const engine = new SearchEngine();
  const s3 = await startS3(BUCKET);
  const search = await serve(fake?.(engine) ?? engine);
  const env: ReplayHost["env"] = {
    PATH: process.env.PATH,
    HOME: folder,
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_ENDPOINT_URL_S3: s3.origin,
    SEARCH_ENDPOINT: search.origin,
  };
  const start = (...args: string[]): Running => {
    const bucket = args.includes("--bucket") ? [] : ["--bucket", BUCKET];
    const child = spawn(process.execPath, [SCRIPT, ...bucket, ...args], { cwd: folder, env });
    const { finished, stderr } = printedBy(child);
    const said = async (text: string) => {
      while (!stderr().includes(text)) await once(child.stderr, "data");
    };
    return { child, finished, said };
  };
  return {
    ...{ s3, engine, search, env, folder, start },
    run: (...args) => start(...args).finished,
    journals: () =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".jsonl")),
    async stop() {
      await Promise.all([s3.stop(), search.stop()]);
      rmSync(folder, { recursive: true });
    },
  };
}

/** A replay host, and the stream that it puts into. */
export async function startReplayToStream(stream: string): Promise<{ host: ReplayHost; kinesis: KinesisServer }> {
  const [host, kinesis] = await Promise.all([startReplayHost(), startKinesis(stream)]);
  host.env.AWS_ENDPOINT_URL_KINESIS = kinesis.origin;
  return { host, kinesis };
}

/** What the forwarder makes of `events`, in memory. */
export async function forwarded(
  events: KinesisStreamEvent[],
  settings: Partial<ForwardIo["settings"]> = {},
  prepare: (engine: SearchEngine) => void = () => {},
) {
  const forwarding = prepareForwarding(settings);
  prepare(forwarding.engine);
  for (const event of events) await forward(event, forwarding.io);
  return forwarding;
}

/** Lets the forwarder deliver and archive `events`, and puts what it archived into the host's bucket. */
export async function archiveByForwarder(
  host: ReplayHost,
  events: KinesisStreamEvent[],
  prepare?: (engine: SearchEngine) => void,
  settings: Partial<ForwardIo["settings"]> = {},
): Promise<SearchEngine> {
  const { bucket, engine } = await forwarded(events, settings, prepare);
  for (const { path, headers, body } of bucket.requests) host.s3.put(path.slice(1), body, metadataOf(headers));
  return engine;
}

/** Writes what Lambda writes when it gives up on `event`, `ageMs` after its arrival. */
export function giveUp(host: ReplayHost, event: KinesisStreamEvent, ageMs: number): void {
  const attempt = { records: event.Records, retryAttempts: 3, invocations: 4, functionError: "Unhandled" as const };
  const { key, body } = failureObject(
    { attempt, condition: "RetryAttemptsExhausted" },
    { uuid: "6c1ff6d5-0000-4000-8000-000000000000", functionArn: "arn:function", streamArn: "arn:stream" },
    ARRIVAL + ageMs,
  );
  host.s3.put(key, Buffer.from(body));
}

/** The rows of the final table that are not 0. */
export function table(stdout: string): Record<string, number> {
  const rows = stdout.split("\n").flatMap((line) => {
    const match = /^ *(\S.*?) {2,}([\d,]+)$/.exec(line);
    return match ? [[match[1]!, Number(match[2]!.replaceAll(",", ""))] as const] : [];
  });
  return Object.fromEntries(rows.filter(([, n]) => n > 0));
}
