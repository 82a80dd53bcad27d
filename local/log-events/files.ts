import type { Readable } from "node:stream";
import { count } from "../../tools/text/numbers";
import type { UsageError } from "../../tools/usage/usage-error";
import { type Input, type ReadableInput, readableInput, reasonOf } from "./inputs";
import type { LineSource } from "./line";
import { adviceForFaults, logLines, type Scan, scan } from "./scan";
import { noTimes, type TimeCounts } from "./times/line-times";
import { timesNote } from "./times/note";
import { COMMAND_WORDS, type InputWords } from "./words";

export interface FileOptions {
  readonly skipInvalidLines: boolean;
  /** The field of JSON lines that holds their time. */
  readonly timeField: string | undefined;
  /** @default those of the command line */
  readonly words?: InputWords;
}

/** Result of inspecting files. */
export interface InspectedFiles {
  readonly lines: LineSource;
  /** Sentences to print before the lines are put. */
  readonly notes: readonly string[];
  /** Why the lines cannot be put. */
  readonly errors: readonly string[];
}

/** Opens inputs. @param stdin @default this process's */
export async function openInputs(
  inputs: readonly Input[],
  stdin?: Readable,
): Promise<{ inputs: ReadableInput[]; errors: string[] }> {
  const opened = await Promise.allSettled(inputs.map((input) => readableInput(input, stdin)));
  return {
    inputs: opened.flatMap((each) => (each.status === "fulfilled" ? [each.value] : [])),
    errors: opened.flatMap((each) => (each.status === "rejected" ? (each.reason as UsageError).errors : [])),
  };
}

/**
 * Reads files once, to find every error before anything is put.
 *
 * @param inputs that can be read again
 * @param now the time of the put, in milliseconds since the epoch
 */
export async function inspectFiles(
  inputs: readonly ReadableInput[],
  options: FileOptions,
  now: number,
): Promise<InspectedFiles> {
  const { words = COMMAND_WORDS } = options;
  const scans: Scan[] = [];
  const errors: string[] = [];
  for (const input of inputs) {
    try {
      const found = await scan(input, options.timeField, now);
      scans.push(found);
      errors.push(...errorsOf(found, options.skipInvalidLines, words));
    } catch (error) {
      errors.push(`${words.subject(input.file)} cannot be read: ${reasonOf(error as Error, words)}.`);
    }
  }
  const count = scans.reduce((sum, { lines }) => sum + lines, 0);
  const lines = {
    count,
    async *read() {
      for (const { input, bytes } of scans) yield* logLines(input, { ...options, bytes });
    },
  };
  return { lines, notes: notesOf(scans, options.timeField, words), errors };
}

function errorsOf({ input, lines, faults }: Scan, skipInvalidLines: boolean, words: InputWords): string[] {
  const subject = words.subject(input.file);
  if (faults.count > 0 && !skipInvalidLines) return [`${subject}: ${faults}; ${adviceForFaults(words)}.`];
  return lines === 0
    ? [`${subject} has no line with text${faults.count > 0 ? `, only invalid ones: ${faults}` : ""}.`]
    : [];
}

function notesOf(scans: readonly Scan[], timeField: string | undefined, words: InputWords): string[] {
  const emptyLines = scans.reduce((sum, scanned) => sum + scanned.emptyLines, 0);
  const invalid = scans.filter(({ faults }) => faults.count > 0);
  return [
    ...(emptyLines > 0 ? [`Skipping empty lines, which CloudWatch Logs does not accept: ${count(emptyLines)}.`] : []),
    ...invalid.map(({ input, faults }) => `Skipping lines of ${input.name}: ${faults}.`),
    timesNote(sumOf(scans.map(({ times }) => times)), timeField, words),
  ];
}

function sumOf(all: readonly TimeCounts[]): TimeCounts {
  const sum = noTimes();
  for (const counts of all) {
    for (const name of Object.keys(sum) as (keyof TimeCounts)[]) sum[name] += counts[name];
  }
  return sum;
}
