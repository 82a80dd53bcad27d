import { lineShape } from "./line/line-source";
import { LineWriter, type LogEntry, type WrittenLine } from "./line/line-writer";
import { PinoLines, type PinoNames } from "./line/pino-line";
import { checkedOptions, type TransportOptions } from "./logger-options";
import { Sender } from "./sender/sender";

/** What a transport of another logger writes to. */
export interface LineSink {
  /** Writes an entry. */
  write(entry: LogEntry, logger?: string): void;
  /** Writes a line of pino's. */
  writePino(line: string): void;
  flush(seconds?: number): Promise<boolean>;
  close(seconds?: number): Promise<boolean>;
  stats: Sender["stats"];
}

/**
 * Makes what the transports have in common.
 *
 * @param names how pino writes its lines
 * @throws {LoggerOptionsError} with all that is wrong with the options
 */
export function lineSink(options: TransportOptions, names?: PinoNames): LineSink {
  const { service, sender: senderOptions } = checkedOptions(options);
  const sender = new Sender(service, senderOptions);
  // In pino's worker, lines are those of the main thread.
  const shape = lineShape(options, "main");
  const writer = new LineWriter(shape);
  const pinoLines = new PinoLines(shape, names);
  const add = (write: () => WrittenLine): void => {
    try {
      sender.add(write());
    } catch (error) {
      sender.failed(error);
    }
  };
  return {
    write: (entry) => add(() => writer.write(entry)),
    writePino: (line) => add(() => pinoLines.convert(line)),
    flush: (seconds) => sender.flush(seconds),
    close: (seconds) => sender.close(seconds),
    stats: () => sender.stats(),
  };
}
