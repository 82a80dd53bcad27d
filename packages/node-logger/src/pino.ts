import build from "pino-abstract-transport";
import { type LineSink, lineSink, type TransportOptions } from "./index";
import type { PinoNames } from "./line/pino-line";

/** Time that pino gives a worker to end is 10 s, after which it throws. Source: thread-stream, `end`. */
const MAX_END_SECONDS = 8;

/**
 * A transport of pino, in a worker thread: `pino({ transport: { target: "aws-logging-pipeline-logger/pino", options } })`.
 * `logger.flush(callback)` sends all lines so far.
 *
 * @throws {LoggerOptionsError} with all that is wrong with the options
 */
export default async function pinoTransport(options: TransportOptions) {
  const seconds = Math.min(options.flushSeconds ?? 5, MAX_END_SECONDS);
  let sink: LineSink | undefined;
  const stream = await build(
    (source) => {
      const { messageKey, errorKey, levels } = source as typeof source & PinoNames;
      // Pino and its worker add some of their own.
      sink = lineSink(options, { names: [], mayHaveOthers: true });
      sink.readPinoBy({ messageKey, errorKey, levels });
      source.on("data", ({ line }: { line: string }) => sink?.writePino(line));
    },
    {
      metadata: false,
      expectPinoConfig: true,
      // Not parsed here: most lines need no parsing at all.
      parseLine: (line: string) => ({ line }),
      close: async () => {
        await sink?.close(seconds);
      },
    },
  );
  return Object.assign(stream, {
    flush: async (): Promise<void> => {
      await sink?.flush();
    },
  });
}

/** A destination of pino in the application's own thread. */
export interface PinoDestination {
  /** By this pino tells a destination that it is given alone from options. */
  readonly writable: true;
  write(line: string): void;
  /** Takes what pino tells about its lines: names of keys and levels, as "message" with the code `PINO_CONFIG`. */
  emit(event: string, message: unknown): boolean;
  /** Sends all lines so far; `logger.flush(callback)` calls it. */
  flush(callback?: (error?: Error) => void): void;
  close(seconds?: number): Promise<boolean>;
  stats: LineSink["stats"];
}

/**
 * A destination of pino in the application's own thread, `pino(pinoDestination({ stream: "app" }))`: lines are flushed when the process
 * gets SIGTERM, and before a Lambda function returns by `flushing`, which a worker thread's are not.
 *
 * @throws {LoggerOptionsError} with all that is wrong with the options
 */
export function pinoDestination(options: TransportOptions): PinoDestination {
  const sink = lineSink(options);
  return {
    writable: true,
    write: sink.writePino,
    emit: (event, message) => {
      const { code, config } = (message ?? {}) as { code?: unknown; config?: PinoNames };
      const isConfig = event === "message" && code === "PINO_CONFIG" && config !== undefined;
      if (isConfig) sink.readPinoBy(config);
      return isConfig;
    },
    flush: (callback) => void sink.flush().then(() => callback?.()),
    close: sink.close,
    stats: sink.stats,
  };
}
