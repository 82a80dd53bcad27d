import { CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { shown } from "../../tools/text/one-line";
import { ValidationErrors } from "../../tools/usage/validation-errors";
import { awsClients } from "../aws/clients";
import { isOfOwnAccount, listSubscriptions, subscribedLogGroups } from "../emulator/subscriptions";
import { listed } from "../reconciler/names";
import { logGroupErrors } from "../terraform/log-groups";
import { Faults } from "./faults";
import { type FileOptions, inspectFiles, openInputs } from "./files";
import type { Input, ReadableInput } from "./inputs";
import { Putter } from "./put";
import { logLines } from "./scan";
import { LineTimes, type TimeCounts } from "./times/line-times";
import { timesNote } from "./times/note";

/** How long lines from standard input or a pipe are buffered at most. */
const FLUSH_MS = 1_000;

export interface PutIntoRunningOptions extends FileOptions {
  /** Endpoint of the running pipeline's emulator. */
  readonly emulatorUrl: string;
  readonly inputs: readonly Input[];
  /** Those of the command line; further ones are added. @default none */
  readonly errors?: ValidationErrors;
  /** Stops reading standard input and pipes; lines read until then are put. */
  readonly signal?: AbortSignal;
  /** @param of total number of lines; undefined while standard input or a pipe is read */
  onProgress(put: number, of: number | undefined): void;
  /** Called with sentences to print. */
  note(text: string): void;
}

/**
 * Puts lines into a running pipeline: files first, then standard input and pipes while they are written. A log group that does not
 * exist yet is created if the pipeline delivers those of the whole account.
 *
 * @returns the number of lines put, by log group
 * @throws UsageError for files that cannot be read and log groups that the pipeline does not deliver, before anything is put
 * @throws InvalidLineError for a line of standard input or a pipe that cannot be put, after those before it
 */
export async function putIntoRunning(options: PutIntoRunningOptions): Promise<Map<string, number>> {
  const { errors = new ValidationErrors() } = options;
  const { logs } = awsClients(options.emulatorUrl);
  const { inputs, errors: unreadable } = await openInputs(options.inputs);
  const { undelivered, created } = await checkDelivered(options);
  errors.add(...unreadable, ...undelivered);
  const files = await inspectFiles(
    inputs.filter(({ isStream }) => !isStream),
    options,
    Date.now(),
  );
  errors.add(...files.errors);
  errors.throwIfAny();
  for (const logGroupName of created) {
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    options.note(`Created the log group ${shown(logGroupName)}: the pipeline delivers every one of the account.`);
  }

  const streams = inputs.filter(({ isStream }) => isStream);
  const of = streams.length === 0 ? files.lines.count : undefined;
  const counts = new Map<string, number>();
  let total = 0;
  const putter = new Putter(logs, ({ lines }) => {
    const { logGroup } = lines[0]!;
    counts.set(logGroup, (counts.get(logGroup) ?? 0) + lines.length);
    total += lines.length;
    options.onProgress(total, of);
  });
  if (files.lines.count > 0) for (const text of files.notes) options.note(text);
  for await (const line of files.lines.read()) await putter.add(line);
  await putter.flush();
  await putStreams(streams, putter, options);
  return counts;
}

async function putStreams(
  inputs: readonly ReadableInput[],
  putter: Putter,
  options: PutIntoRunningOptions,
): Promise<void> {
  if (inputs.length === 0) return;
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  options.signal?.addEventListener("abort", stop, { once: true });
  if (options.signal?.aborted) stop();
  // A failed call also stops reading while nothing is written; the next flush throws its error.
  const timer = setInterval(() => putter.flush().catch(stop), FLUSH_MS);
  try {
    await Promise.all(inputs.map((input) => putStream(input, putter, options, stopping.signal)));
  } finally {
    clearInterval(timer);
    options.signal?.removeEventListener("abort", stop);
    // Also puts the lines before one that cannot be put.
    await putter.flush();
  }
}

async function putStream(
  input: ReadableInput,
  putter: Putter,
  options: PutIntoRunningOptions,
  signal: AbortSignal,
): Promise<void> {
  const [faults, times] = [new Faults(), new LineTimes(options.timeField)];
  const ended = { ...input, open: () => untilAborted(input.open(), signal) };
  for await (const line of logLines(ended, { ...options, faults, times })) await putter.add(line);
  if (faults.count > 0) options.note(`Skipped lines of ${input.name}: ${faults}.`);
  if (sum(times.counts) > 0) options.note(`${input.name}: ${timesNote(times.counts, options.timeField)}`);
}

const sum = ({ own, tooOld, tooNew, none }: TimeCounts): number => own + tooOld + tooNew + none;

/** Ends on abort, even if nothing is ever written. */
async function* untilAborted(chunks: AsyncIterable<Buffer>, signal: AbortSignal): AsyncGenerator<Buffer> {
  const iterator = chunks[Symbol.asyncIterator]();
  while (!signal.aborted) {
    const next = await new Promise<IteratorResult<Buffer> | undefined>((resolve, reject) => {
      const end = () => resolve(undefined);
      signal.addEventListener("abort", end, { once: true });
      iterator
        .next()
        .then(resolve, reject)
        .finally(() => signal.removeEventListener("abort", end));
    });
    if (!next || next.done) return;
    yield next.value;
  }
}

interface CheckedLogGroups {
  /** Errors for those that the pipeline does not deliver, with advice. */
  readonly undelivered: readonly string[];
  /** Those that it delivers as soon as they exist. */
  readonly created: readonly string[];
}

async function checkDelivered({ inputs, emulatorUrl }: PutIntoRunningOptions): Promise<CheckedLogGroups> {
  try {
    const { subscriptions, accountPolicies } = await listSubscriptions(emulatorUrl);
    const delivered = new Set(subscribedLogGroups(subscriptions));
    const policy = accountPolicies.find(isOfOwnAccount);
    const missing = [...new Set(inputs.map(({ logGroup }) => logGroup))].filter((name) => !delivered.has(name));
    const created = missing.filter((name) => policy && !policy.excluded.includes(name));
    const which = `which delivers ${listed([...delivered].map(shown))}`;
    const undelivered = missing
      .filter((name) => !created.includes(name))
      .map((name) =>
        policy
          ? `--log-group ${shown(name)} is not delivered by the running pipeline: its account subscription excludes it; choose another one, or a new name.`
          : `--log-group ${shown(name)} is not delivered by the running pipeline, ${which}; add it to log_groups and run terraform apply (docs/local.md explains how).`,
      );
    return { undelivered: [...undelivered, ...created.flatMap(logGroupErrors)], created };
  } catch (error) {
    if (((error as Error).cause as NodeJS.ErrnoException | undefined)?.code !== "ECONNREFUSED") throw error;
    return { undelivered: [`No local pipeline answers at ${emulatorUrl}; npm start starts one.`], created: [] };
  }
}
