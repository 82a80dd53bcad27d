import { Faults } from "./faults";
import { fileLines } from "./file-lines";
import type { ReadableInput } from "./inputs";
import type { LogLine } from "./line";
import { LineTimes, type TimeCounts } from "./times/line-times";
import { COMMAND_WORDS } from "./words";

/** Thrown for a line that CloudWatch Logs does not accept, when lines before it may have been put. */
export class InvalidLineError extends Error {
  override readonly name = "InvalidLineError";
}

/** Result of scanning a file. */
export interface Scan {
  readonly input: ReadableInput;
  /** Number of lines that can be put. */
  readonly lines: number;
  /** Number of empty lines, which are skipped: CloudWatch Logs accepts no empty message. */
  readonly emptyLines: number;
  /** Lines that cannot be put. */
  readonly faults: Faults;
  readonly times: TimeCounts;
  /** Bytes read: content that is appended later is ignored. */
  readonly bytes: number;
}

/** Reads a file once, in constant memory. @param now the time of the put, in milliseconds since the epoch */
export async function scan(input: ReadableInput, timeField: string | undefined, now: number): Promise<Scan> {
  const faults = new Faults();
  const times = new LineTimes(timeField);
  let [lines, emptyLines, bytes] = [0, 0, 0];
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of input.open()) {
      bytes += chunk.length;
      yield chunk;
    }
  }
  for await (const line of fileLines(counted())) {
    faults.add(line);
    if (line.text === "") emptyLines++;
    if (!line.text) continue;
    lines++;
    times.next(line.text, now);
  }
  return { input, lines, emptyLines, faults, times: times.counts, bytes };
}

export interface ReadOptions {
  /** @default none */
  readonly timeField?: string | undefined;
  /** Whether to skip lines that CloudWatch Logs does not accept. */
  readonly skipInvalidLines: boolean;
  /** Bytes to read. @default all */
  readonly bytes?: number;
  /** Collects lines with a fault. */
  readonly faults?: Faults;
  /** @default new ones */
  readonly times?: LineTimes;
}

/**
 * Yields the lines of an input as events of one log stream.
 *
 * @throws InvalidLineError for a line that CloudWatch Logs does not accept, unless such lines are skipped
 */
export async function* logLines(input: ReadableInput, options: ReadOptions): AsyncGenerator<LogLine> {
  const { skipInvalidLines, bytes = Number.POSITIVE_INFINITY } = options;
  const { logGroup, logStream } = input;
  const { faults = new Faults(), times = new LineTimes(options.timeField) } = options;
  for await (const line of fileLines(upTo(bytes, input.open()))) {
    faults.add(line);
    if (line.fault && !skipInvalidLines) throw new InvalidLineError(`${input.name}: ${faults}; ${adviceForFaults()}.`);
    if (!line.text) continue;
    yield { logGroup, logStream, timestamp: times.next(line.text, Date.now()), message: line.text };
  }
}

/** Advice for lines with a fault. */
export const adviceForFaults = ({ skip } = COMMAND_WORDS): string =>
  `convert them, for instance with iconv, or ${skip}`;

async function* upTo(bytes: number, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const chunk of chunks) {
    yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) return;
  }
}
