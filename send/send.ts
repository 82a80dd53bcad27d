import { randomBytes } from "node:crypto";
import { FirehoseClient, type FirehoseClientConfig } from "@aws-sdk/client-firehose";
import { KinesisClient } from "@aws-sdk/client-kinesis";
import { emulatorClient } from "../local/aws/clients";
import { runningPipeline, servicesOf } from "../local/running";
import { FirehoseLogger, KinesisLogger, type LoggerStats } from "../packages/node-logger/src";
import { count, counted } from "../tools/text/numbers";
import { oneLine } from "../tools/text/one-line";
import { UsageError } from "../tools/usage/usage-error";
import type { SendOptions } from "./arguments";
import { testLine } from "./lines";
import { pace } from "./pace";
import { inspectTarget } from "./target";

/** The account that the lines go to. */
export interface SendAccount {
  /** In words. */
  readonly where: string;
  readonly configuration: Pick<FirehoseClientConfig, "endpoint" | "region" | "credentials" | "maxAttempts">;
}

export interface SendIo {
  /** Ends the sending; what was sent is flushed. */
  readonly signal: AbortSignal;
  print(line: string): void;
  /** Called with a text about the moment, which the next one replaces. */
  progress(text: string): void;
}

/** What has become of the lines of a run. */
export interface SendReport {
  /** Its label `run` in each line. */
  readonly run: string;
  readonly format: SendOptions["format"];
  readonly stats: LoggerStats;
  readonly waitedSeconds: number;
}

/** How long what is left may take at the end: throttled records are sent again. */
const FLUSH_SECONDS = 60;

const PROGRESS_MS = 500;

/**
 * Returns the caller's AWS account, in the region that the AWS SDK finds, or the local pipeline's.
 *
 * @throws UsageError without a region
 * @throws RunningPipelineError when there is no pipeline, or not one
 */
export async function sendAccount({ aws, pid }: Pick<SendOptions, "aws" | "pid">): Promise<SendAccount> {
  // The logger sends again by itself.
  if (aws) {
    const region = await callersRegion();
    return { where: `your AWS account, ${region},`, configuration: { region, maxAttempts: 1 } };
  }
  const pipeline = await runningPipeline(pid);
  const configuration = { ...emulatorClient(servicesOf(pipeline).emulatorUrl), maxAttempts: 1 };
  return { where: `the local pipeline of process ${pipeline.pid}`, configuration };
}

/** Source: AWS SDKs and Tools Reference Guide, "AWS Region": the SDK for JavaScript reads no AWS_DEFAULT_REGION. */
async function callersRegion(): Promise<string> {
  const client = new FirehoseClient();
  try {
    return await client.config.region();
  } catch {
    throw new UsageError([
      "--aws needs a region, and none is configured: set AWS_REGION, or give your profile one (aws configure set region eu-central-1).",
    ]);
  } finally {
    client.destroy();
  }
}

/**
 * Sends lines of test data by the logger for Node.js, and waits until they are delivered.
 *
 * @throws MachineError before anything is sent, for a target that takes no lines
 */
export async function send(
  options: SendOptions,
  { where, configuration }: SendAccount,
  { signal, print, progress }: SendIo,
): Promise<SendReport> {
  const { kind, name } = options.target;
  const firehose = new FirehoseClient(configuration);
  // The default handler of Kinesis speaks HTTP/2, which the emulator does not.
  const kinesis = new KinesisClient({ ...configuration, requestHandler: firehose.config.requestHandler });
  const { needsLinePerRecord } = await inspectTarget({ kinesis, firehose }, options.target, where);
  const linePerRecord = options.linePerRecord ?? needsLinePerRecord;
  const run = randomBytes(4).toString("hex");
  const common = {
    ...{ format: options.format, compress: options.compress, pack: !linePerRecord },
    ...{ service: "test-data", logger: "send", tags: { run } },
    flushAtExit: false,
    onWarning: ({ message }: { readonly message: string }) => print(oneLine(message)),
  };
  const logger =
    kind === "stream"
      ? new KinesisLogger(name, { ...common, client: kinesis })
      : new FirehoseLogger(name, { ...common, client: firehose });
  print(
    `${count(options.rate)} lines a second for ${options.minutes} min into the ${kind === "stream" ? "Kinesis stream" : "delivery stream"} ${name} of ${where}, ${linePerRecord ? "a record each" : "packed into records"}. Ctrl-C ends it.`,
  );
  const showing = setInterval(() => progress(progressText(logger.stats())), PROGRESS_MS);
  try {
    const { waitedSeconds } = await pace({
      rate: options.rate,
      seconds: options.minutes * 60,
      send(n) {
        const { level, message, fields } = testLine(n);
        logger[level](message, fields);
      },
      pendingBytes: () => logger.stats().pendingBytes,
      signal,
    });
    await logger.close(FLUSH_SECONDS);
    return { run, format: options.format, stats: logger.stats(), waitedSeconds };
  } finally {
    clearInterval(showing);
    kinesis.destroy();
    firehose.destroy();
  }
}

function progressText({ accepted, delivered, resentRecords, pending }: LoggerStats): string {
  // Firehose throttles by an error that has other reasons, too.
  const resent = resentRecords > 0 ? `, ${counted(resentRecords, "record")} throttled or failed, and sent again` : "";
  return `${count(delivered)} of ${counted(accepted, "line")} delivered, ${count(pending)} pending${resent}`;
}
