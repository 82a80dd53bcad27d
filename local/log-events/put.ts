import {
  type CloudWatchLogsClient,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  ResourceAlreadyExistsException,
} from "@aws-sdk/client-cloudwatch-logs";
import { Collector } from "./batches";
import type { LineSource, LogLine } from "./line";

/** A log event as CloudWatch Logs stores it. */
export interface StoredEvent extends LogLine {
  readonly id: string;
}

/** A successful PutLogEvents call. */
export interface PutCall {
  /** Of one log stream, in chronological order. */
  readonly lines: readonly LogLine[];
  /** Id of the first line; the others follow. Undefined for a response that is not the local emulator's. */
  readonly firstId: string | undefined;
}

/** Set by the local emulator in responses to PutLogEvents. */
const FIRST_ID_HEADER = "x-first-event-id";

/** Maximum size of collected lines over all log streams. */
const MAX_COLLECTED_BYTES = 8 * 1024 * 1024;

/**
 * Puts lines by PutLogEvents, in the largest calls that it accepts. Memory is constant. The order within a log stream is kept,
 * except that lines of one call are in the order of their times.
 */
export class Putter {
  readonly #streams = new Map<string, Collector>();
  readonly #created = new Set<string>();
  readonly #logs: CloudWatchLogsClient;
  readonly #onPut: (call: PutCall) => void;
  /** Calls are sequential: the emulator is not faster in parallel. */
  #calls: Promise<void> = Promise.resolve();

  constructor(logs: CloudWatchLogsClient, onPut: (call: PutCall) => void) {
    this.#logs = logs;
    this.#onPut = onPut;
  }

  /**
   * Resolves when there is room for further lines.
   *
   * @throws Error when CloudWatch Logs rejected earlier lines
   */
  async add(line: LogLine): Promise<void> {
    const collector = this.#collector(line);
    while (!collector.fits(line)) await this.#put([collector]);
    collector.add(line);
    const collected = this.#streams.size === 1 ? 0 : this.#collectedBytes();
    if (collected > MAX_COLLECTED_BYTES) await this.#put([...this.#streams.values()]);
  }

  /**
   * Puts all collected lines.
   *
   * @throws Error when CloudWatch Logs rejected any
   */
  async flush(): Promise<void> {
    await this.#put([...this.#streams.values()]);
    await this.#calls;
  }

  /** Resolves when the previous calls have ended: further lines are read while the emulator works on these. */
  async #put(collectors: readonly Collector[]): Promise<void> {
    const calls = collectors.flatMap((collector) => collector.take());
    const before = this.#calls;
    this.#calls = before.then(async () => {
      for (const lines of calls) await this.#call(lines);
    });
    // The next add or flush throws it.
    this.#calls.catch(() => {});
    await before;
  }

  async #call(lines: readonly LogLine[]): Promise<void> {
    const { logGroup: logGroupName, logStream: logStreamName } = lines[0]!;
    await this.#create(logGroupName, logStreamName);
    const logEvents = lines.map(({ timestamp, message }) => ({ timestamp, message }));
    const command = new PutLogEventsCommand({ logGroupName, logStreamName, logEvents });
    let firstId: string | undefined;
    command.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        firstId = (result.response as { headers?: Record<string, string> }).headers?.[FIRST_ID_HEADER];
        return result;
      },
      { step: "deserialize" },
    );
    const { rejectedLogEventsInfo } = await this.#logs.send(command);
    if (rejectedLogEventsInfo && Object.keys(rejectedLogEventsInfo).length > 0) {
      const rejected = JSON.stringify(rejectedLogEventsInfo);
      throw new Error(`CloudWatch Logs rejected events of ${logGroupName}/${logStreamName}: ${rejected}`);
    }
    this.#onPut({ lines, firstId });
  }

  async #create(logGroupName: string, logStreamName: string): Promise<void> {
    const stream = JSON.stringify([logGroupName, logStreamName]);
    if (this.#created.has(stream)) return;
    await this.#logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName })).catch((error) => {
      if (!(error instanceof ResourceAlreadyExistsException)) throw error;
    });
    this.#created.add(stream);
  }

  #collector({ logGroup, logStream }: LogLine): Collector {
    const stream = `${logGroup}:${logStream}`;
    const collector = this.#streams.get(stream) ?? new Collector();
    this.#streams.set(stream, collector);
    return collector;
  }

  #collectedBytes(): number {
    let bytes = 0;
    for (const collector of this.#streams.values()) bytes += collector.bytes;
    return bytes;
  }
}

/**
 * Puts all lines.
 *
 * @param onPut called after each successful call
 * @throws Error when CloudWatch Logs rejects any
 */
export async function putLines(
  logs: CloudWatchLogsClient,
  lines: LineSource,
  onPut: (call: PutCall) => void = () => {},
): Promise<void> {
  const putter = new Putter(logs, onPut);
  for await (const line of lines.read()) await putter.add(line);
  await putter.flush();
}
